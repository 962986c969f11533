import { expect, test } from 'vitest'
import { hostKeyCheck } from './host-key-check.ts'
import { fingerprintOf } from './known-hosts.ts'

function blobOf(type: string, content: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(type.length)
  return Buffer.concat([length, Buffer.from(type + content)])
}

const ed25519 = blobOf('ssh-ed25519', 'one')
const other = blobOf('ssh-ed25519', 'two')
const rsa = blobOf('ssh-rsa', 'three')
const line = (host: string, type: string, blob: Buffer) =>
  `${host} ${type} ${blob.toString('base64')}\n`
const server = { host: 'bastion', port: 22, hostKey: null }

test('a server is asked first for a key of a type that is known for it', () => {
  expect(hostKeyCheck(server, '').algorithms).toEqual([
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ])
  const known = line('bastion', 'ssh-rsa', rsa) + line('bastion', 'ssh-dss', blobOf('ssh-dss', 'x'))
  expect(hostKeyCheck(server, known).algorithms).toEqual([
    'rsa-sha2-512',
    'rsa-sha2-256',
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
  ])
})

test('no server is taken by a signature of SHA-1', () => {
  const known = line('bastion', 'ssh-rsa', rsa)
  expect(hostKeyCheck(server, known).algorithms).not.toContain('ssh-rsa')
})

test('a refusal tells the key that was shown and those that were expected', () => {
  const check = hostKeyCheck(server, line('bastion', 'ssh-ed25519', ed25519))
  expect(check.refusal(ed25519)).toBeNull()
  expect(check.refusal(other)).toMatchObject({
    reason: 'ssh-host-changed',
    fingerprint: fingerprintOf(other),
    expected: [fingerprintOf(ed25519)],
  })
  expect(check.refusal(rsa)).toMatchObject({
    reason: 'ssh-host-unknown',
    fingerprint: fingerprintOf(rsa),
    expected: [fingerprintOf(ed25519)],
  })
})

test('a revoked key is refused as changed, so that nobody is asked to trust it', () => {
  const check = hostKeyCheck(server, `@revoked ${line('*', 'ssh-ed25519', ed25519)}`)
  expect(check.refusal(ed25519)?.reason).toBe('ssh-host-changed')
})

test('a pinned key decides alone', () => {
  const known = line('bastion', 'ssh-ed25519', other) + line('bastion', 'ssh-rsa', rsa)
  const check = hostKeyCheck({ ...server, hostKey: fingerprintOf(ed25519) }, known)
  expect(check.refusal(ed25519)).toBeNull()
  expect(check.refusal(other)).toMatchObject({
    reason: 'ssh-host-changed',
    fingerprint: fingerprintOf(other),
    expected: [fingerprintOf(ed25519)],
  })
  const pinnedRsa = hostKeyCheck({ ...server, hostKey: fingerprintOf(rsa) }, known)
  expect(pinnedRsa.algorithms[0]).toBe('rsa-sha2-512')
})

test('what is no key at all is not known', () => {
  expect(hostKeyCheck(server, '').refusal(Buffer.from('garbage'))?.reason).toBe('ssh-host-unknown')
})
