import { createPrivateKey } from 'node:crypto'
import ssh2, { type ParsedKey } from 'ssh2'
import { SshError } from './ssh-error.ts'

/**
 * Reads a private key: OpenSSH's format, PuTTY's, the older PEM ones, or PKCS #8 of an RSA or ECDSA key.
 * OpenSSH makes guessing a passphrase expensive, so this takes a quarter of a second for a locked key.
 *
 * @throws SshError `ssh-key`, whatever is wrong with the key or its passphrase.
 */
export function readPrivateKey(text: string, passphrase: string | undefined): ParsedKey {
  try {
    const trimmed = text.trim()
    const pem = /^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(trimmed)
      ? fromPkcs8(trimmed, passphrase)
      : trimmed
    const key = ssh2.utils.parseKey(pem, passphrase)
    if (!(key instanceof Error) && key.isPrivateKey()) return key
  } catch {
    // Told below, without the parser's words: they may quote what they could not read.
  }
  throw new SshError('ssh-key')
}

/** ssh2 reads PKCS #1 and SEC 1, which hold the same without the wrapping. */
function fromPkcs8(text: string, passphrase: string | undefined): string {
  const key = createPrivateKey({ key: text, passphrase })
  const type = key.asymmetricKeyType === 'ec' ? 'sec1' : 'pkcs1'
  return String(key.export({ type, format: 'pem' }))
}
