import { createHash, createHmac } from 'node:crypto'
import type { Endpoint } from '#shared/contract/profiles.ts'

/*
 * OpenSSH's known_hosts (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"), read as OpenSSH reads it. Lines that
 * are not understood are passed over, as are @cert-authority lines: ssh2 knows no host certificates.
 */

/** A public key, as the wire and the files carry it. */
export interface HostKey {
  /** Such as `ssh-ed25519`; `ssh-rsa` for an RSA key, whatever it signs with. */
  type: string
  blob: Buffer
}

export interface KnownHostsLine {
  revoked: boolean
  /** Comma-separated patterns, or one hashed name. */
  hosts: string
  key: HostKey
}

/** `SHA256:…` as `ssh-keygen -l` and ssh print it. */
export function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

/** Null when the bytes do not begin with a name of a type. */
export function hostKeyOf(blob: Buffer): HostKey | null {
  if (blob.length < 5) return null
  const end = 4 + blob.readUInt32BE(0)
  if (end <= 4 || end >= blob.length) return null
  return { type: blob.toString('latin1', 4, end), blob }
}

export function parseKnownHosts(text: string): KnownHostsLine[] {
  return text.split('\n').flatMap((line) => parseLine(line.trim()) ?? [])
}

function parseLine(line: string): KnownHostsLine | null {
  if (line === '' || line.startsWith('#')) return null
  const fields = line.split(/[ \t]+/)
  const marker = line.startsWith('@') ? fields.shift() : null
  if (marker !== null && marker !== '@revoked') return null
  const [hosts = '', type = '', encoded = ''] = fields
  const key = hostKeyOf(Buffer.from(encoded, 'base64'))
  if (key === null || key.type !== type) return null
  return { revoked: marker !== null, hosts, key }
}

export interface KnownKeys {
  /** Keys of this host and port. */
  trusted: readonly HostKey[]
  /** Keys of this host without a port, which OpenSSH accepts for any port, but never asks for. */
  anyPort: readonly HostKey[]
  revoked: readonly HostKey[]
}

/** What the file says of one server. */
export function knownKeysOf(lines: readonly KnownHostsLine[], server: Endpoint): KnownKeys {
  const host = server.host.toLowerCase()
  const name = server.port === 22 ? host : `[${host}]:${server.port}`
  const of = (wanted: string, revoked: boolean) =>
    lines
      .filter((line) => line.revoked === revoked && matchesHosts(line.hosts, wanted))
      .map((line) => line.key)
  const anyPort = name === host ? [] : [of(host, false), of(host, true)]
  return {
    trusted: of(name, false),
    anyPort: anyPort[0] ?? [],
    revoked: [...of(name, true), ...(anyPort[1] ?? [])],
  }
}

/**
 * - `changed`: another key of the same type is known
 * - `unknown`: no key of this type is, though maybe of another
 */
export function judgeHostKey(
  { trusted, anyPort, revoked }: KnownKeys,
  shown: HostKey,
): 'known' | 'unknown' | 'changed' | 'revoked' {
  const isShown = ({ blob }: HostKey) => blob.equals(shown.blob)
  if (revoked.some(isShown)) return 'revoked'
  if (trusted.some(isShown)) return 'known'
  if (trusted.some(({ type }) => type === shown.type)) return 'changed'
  return anyPort.some(isShown) ? 'known' : 'unknown'
}

/** Whether the first field of a line is about `name`, which is in lower case. */
export function matchesHosts(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return matchesHash(hosts, name)
  let found = false
  for (const pattern of hosts.toLowerCase().split(',')) {
    const negated = pattern.startsWith('!')
    if (!matchesPattern(negated ? pattern.slice(1) : pattern, name)) continue
    if (negated) return false
    found = true
  }
  return found
}

/** `|1|salt|hash`: HMAC-SHA1 of the name, which keeps the file from telling where its owner goes. */
function matchesHash(hosts: string, name: string): boolean {
  const [, version, salt = '', hash = ''] = hosts.split('|')
  if (version !== '1' || hash === '') return false
  const key = Buffer.from(salt, 'base64')
  return createHmac('sha1', key).update(name).digest().equals(Buffer.from(hash, 'base64'))
}

/** `*` is any characters, `?` one. Goes back to the last `*` alone, so no pattern can take long. */
function matchesPattern(pattern: string, name: string): boolean {
  let at = 0
  let star = -1
  let resume = 0
  for (let index = 0; index < name.length;) {
    if (pattern[at] === '*') {
      star = at
      at += 1
      resume = index
    } else if (pattern[at] === '?' || pattern[at] === name[index]) {
      at += 1
      index += 1
    } else if (star >= 0) {
      at = star + 1
      resume += 1
      index = resume
    } else {
      return false
    }
  }
  return /^\**$/.test(pattern.slice(at))
}
