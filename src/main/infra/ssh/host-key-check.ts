import type { ServerHostKeyAlgorithm } from 'ssh2'
import type { SshSettings } from '#shared/contract/profiles.ts'
import {
  fingerprintOf,
  hostKeyOf,
  judgeHostKey,
  knownKeysOf,
  parseKnownHosts,
} from './known-hosts.ts'
import { SshError } from './ssh-error.ts'

/**
 * In order of preference. Not `ssh-rsa`: its signature over the key exchange, which is what proves the
 * server, is by SHA-1. RSA keys themselves are fine, with the rsa-sha2 signatures that every server
 * has had since 2016 (RFC 8332).
 */
const algorithmsOf: Record<string, readonly ServerHostKeyAlgorithm[]> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
}

export interface HostKeyCheck {
  /**
   * What to ask the server for. Types of keys that are known for it come first: a server has keys of
   * several types, and one that is known by an older type must not show another.
   */
  algorithms: ServerHostKeyAlgorithm[]
  /** Null when the server may be trusted by this key. */
  refusal(blob: Buffer): SshError | null
}

/** The pinned key alone decides where there is one, else the text of a known_hosts file. */
export function hostKeyCheck(
  settings: Pick<SshSettings, 'host' | 'port' | 'hostKey'>,
  knownHosts: string,
): HostKeyCheck {
  const pinned = settings.hostKey
  const known = knownKeysOf(parseKnownHosts(knownHosts), settings)
  const usable = [...known.trusted, ...known.anyPort].filter(
    ({ blob }) => pinned === null || fingerprintOf(blob) === pinned,
  )
  const types = new Set([...usable.map(({ type }) => type), ...Object.keys(algorithmsOf)])
  const expected = pinned === null ? known.trusted.map(({ blob }) => fingerprintOf(blob)) : [pinned]

  return {
    algorithms: [...types].flatMap((type) => algorithmsOf[type] ?? []),
    refusal(blob) {
      const fingerprint = fingerprintOf(blob)
      const facts = { shown: { fingerprint, expected } }
      if (pinned !== null) {
        return fingerprint === pinned ? null : new SshError('ssh-host-changed', facts)
      }
      const key = hostKeyOf(blob)
      const verdict = key === null ? 'unknown' : judgeHostKey(known, key)
      if (verdict === 'known') return null
      return new SshError(verdict === 'unknown' ? 'ssh-host-unknown' : 'ssh-host-changed', facts)
    },
  }
}
