import { expect, test } from 'vitest'
import type { Profile } from '#shared/contract/profiles.ts'
import { ConsoleError } from '#shared/errors.ts'
import { reportOf, stopOf } from '#test-support/connection-test.ts'
import { connect, expectState, redisServer } from '#test-support/link-under-test.ts'
import { sshFor } from '#test-support/profiles.ts'

/** A keychain that is locked until it is not. */
function lockedKeychain() {
  let locked = true
  return {
    unlock: () => {
      locked = false
    },
    secrets: async () => {
      if (locked) throw new ConsoleError('KEYCHAIN_UNAVAILABLE', { problem: 'locked' })
      return { password: 'S3cret', sentinelPassword: 'S3cret', sshPassword: 'S3cret' }
    },
  }
}

/** Ways on which each part asks for secrets of its own. */
const ways = {
  'a server': {},
  'an SSH tunnel': { ssh: sshFor({ authentication: 'password' }) },
  sentinels: {
    deployment: {
      type: 'sentinel',
      master: 'mymaster',
      sentinels: [{ host: '127.0.0.1', port: 1 }],
      username: null,
      tls: false,
    },
  },
  'a cluster': { deployment: { type: 'cluster', nodes: [{ host: '127.0.0.1', port: 1 }] } },
} satisfies Record<string, Partial<Profile>>

test.each(Object.entries(ways))(
  'by %s, a keychain that is locked is told as such, and not as a password that is missing',
  async (_, profile) => {
    const { url } = await redisServer(['requirepass S3cret'])
    const { secrets } = lockedKeychain()
    const link = connect(url, { profile, secrets })
    await expectState(link, { state: 'refused', reason: 'keychain' })
    await expect(link.pipeline([['get', 'key']])).rejects.toMatchObject({
      code: 'ENVIRONMENT_UNREACHABLE',
      data: { reason: 'keychain' },
    })
  },
)

test('once it is unlocked, connecting again is enough', async () => {
  const { url } = await redisServer(['requirepass S3cret'])
  const { secrets, unlock } = lockedKeychain()
  const link = connect(url, { secrets })
  await expectState(link, { state: 'refused', reason: 'keychain' })
  unlock()
  link.connect()
  await expectState(link, { state: 'ready' })
})

test('a connection test stops where the keychain is needed, and says so', async () => {
  const { port } = await redisServer(['requirepass S3cret'])
  const deployment = { type: 'standalone' as const, host: '127.0.0.1', port }
  const { secrets } = lockedKeychain()
  expect(stopOf(await reportOf({ deployment }, secrets))).toBe('auth keychain-unavailable')
  expect(stopOf(await reportOf({ deployment, ...ways['an SSH tunnel'] }, secrets))).toBe(
    'ssh keychain-unavailable',
  )
  expect(stopOf(await reportOf(ways.sentinels, secrets))).toBe('sentinel keychain-unavailable')
})
