import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SshKey {
  path: string
  privateKey: string
  /** Type and key, as a line of authorized_keys or, behind a host, of known_hosts. */
  publicKey: string
  /** `SHA256:…` as ssh-keygen prints it. */
  fingerprint: string
}

/** Makes a key with OpenSSH's ssh-keygen. `options` are more of its arguments, such as `-m PEM`. */
export function makeSshKey(
  directory: string,
  name: string,
  {
    passphrase = '',
    options = ['-t', 'ed25519'],
  }: { passphrase?: string; options?: string[] } = {},
): SshKey {
  const path = join(directory, name)
  run('-q', '-N', passphrase, '-C', name, '-f', path, ...options)
  const [type = '', key = ''] = readFileSync(`${path}.pub`, 'utf8').split(' ')
  return {
    path,
    privateKey: readFileSync(path, 'utf8'),
    publicKey: `${type} ${key}`,
    fingerprint: run('-l', '-f', `${path}.pub`).split(' ')[1] ?? '',
  }
}

/** Hashes all names in a known_hosts file, as `HashKnownHosts yes` does. */
export function hashKnownHosts(path: string): void {
  run('-H', '-f', path)
}

function run(...args: readonly string[]): string {
  return execFileSync('ssh-keygen', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
