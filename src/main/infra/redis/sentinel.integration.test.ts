import { Redis } from 'ioredis'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { makeAuthority, tlsLines } from '#test-support/certificates.ts'
import { linkTo } from '#test-support/link.ts'
import { tlsFor } from '#test-support/profiles.ts'
import { freePort, startTestRedis } from '#test-support/redis.ts'
import {
  startSentinel,
  startSentinelSet,
  testMaster,
  type SentinelSet,
} from '#test-support/sentinel.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import type { Health } from '#shared/contract/connections.ts'
import type { Deployment, Endpoint, Secrets, TlsSettings } from '#shared/contract/profiles.ts'
import type { RedisLink } from './link.ts'

interface Access {
  master?: string
  /** Of the servers; of the sentinels as well where `sentinelTls` is set. */
  tls?: TlsSettings
  sentinelTls?: boolean
  username?: string
  secrets?: Secrets
}

function connect(sentinels: readonly Endpoint[], access: Access = {}): RedisLink {
  const { master = testMaster, username = null, secrets = {}, tls = null } = access
  const deployment: Deployment = {
    type: 'sentinel',
    master,
    sentinels: [...sentinels],
    username,
    tls: access.sentinelTls ?? false,
  }
  const profile = { deployment, tls }
  const link = linkTo('redis://ignored', { environment: 'prod', profile, secrets })
  onTestFinished(() => link.close())
  return link
}

async function reaches(link: RedisLink, expected: Partial<Health>): Promise<void> {
  await vi.waitFor(() => expect(link.health()).toMatchObject(expected), {
    timeout: 15_000,
    interval: 10,
  })
}

const passwords = { password: 'of-redis', sentinelPassword: 'of-the-sentinels' }
const serverAt = ({ servers }: SentinelSet, host: string, index = 0) =>
  `${host}:${servers[index]?.port}`

describe('with sentinels that all answer', () => {
  let set: SentinelSet
  let closed: SentinelSet

  beforeAll(async () => {
    ;[set, closed] = await Promise.all([
      startSentinelSet(),
      startSentinelSet({ host: '::1', ...passwords }),
    ])
  })

  afterAll(() => Promise.all([set.stop(), closed.stop()]))

  test('any one of them tells the primary', async () => {
    const nobody = { host: '127.0.0.1', port: await freePort() }
    const link = connect([nobody, ...set.endpoints.slice(2)])
    await reaches(link, { state: 'ready', reason: null, server: serverAt(set, '127.0.0.1') })
    expect(link.role()).toBe('primary')
    expect(
      await link.pipeline([
        ['set', 'key', 'x'],
        ['get', 'key'],
      ]),
    ).toEqual(['OK', 'x'])
  })

  test('they may ask for a password of their own, and be at an IPv6 address', async () => {
    const link = connect(closed.endpoints, { secrets: passwords })
    await reaches(link, { state: 'ready', server: serverAt(closed, '[::1]') })
    expect(await link.pipeline([['ping']])).toEqual(['PONG'])
  })

  test.each([
    ['sentinel-unknown-master', 'refused', { master: 'other' }],
    [
      'sentinel-authentication',
      'refused',
      { secrets: { ...passwords, sentinelPassword: 'hunter2' } },
    ],
    ['sentinel-authentication', 'refused', { secrets: { password: passwords.password } }],
    ['sentinel-authentication', 'refused', { username: 'hunter2', secrets: passwords }],
    ['authentication', 'refused', { secrets: { ...passwords, password: 'hunter2' } }],
    ['password-needed', 'refused', { secrets: { sentinelPassword: passwords.sentinelPassword } }],
  ] as const)('%s is told, %s: %j', async (reason, state, access) => {
    const link = connect(closed.endpoints, { secrets: passwords, ...access })
    await reaches(link, { state, reason })
    const error = await link.pipeline([['ping']]).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'ENVIRONMENT_UNREACHABLE', data: { reason } })
    const shown = inspect([link.health(), error], { depth: 12, showHidden: true })
    for (const secret of ['hunter2', ...Object.values(passwords)])
      expect(shown).not.toContain(secret)
  })

  test('that none answers is told, and tried again', async () => {
    const link = connect([{ host: '127.0.0.1', port: await freePort() }])
    await reaches(link, { state: 'reconnecting', reason: 'sentinel-no-answer' })
    expect(link.health().nextTryAt).toBeGreaterThan(Date.now() - 1000)
  })

  test('closing leaves no connection to a sentinel or a server', async () => {
    const link = connect(set.endpoints)
    await reaches(link, { state: 'ready' })
    await link.mutations('key')
    const names = async () => {
      const lists = await Promise.all(
        [set.servers[0], ...set.sentinels].map(async (server) => {
          const redis = new Redis({ port: server?.port ?? 0 })
          const list = await redis.call('client', 'LIST')
          redis.disconnect()
          return String(list)
        }),
      )
      return lists.join('').match(/ name=vigie /g)?.length ?? 0
    }
    // Both connections to the server, and one to the sentinel that was asked last.
    await vi.waitFor(async () => expect(await names()).toBeGreaterThanOrEqual(3), 5000)
    await link.close()
    await vi.waitFor(async () => expect(await names()).toBe(0))
  })
})

test('a primary that hands over is left, with its connection for changes', async () => {
  const set = await startSentinelSet()
  onTestFinished(() => set.stop())
  const link = connect(set.endpoints.slice(0, 1))
  await reaches(link, { state: 'ready' })
  await (await link.mutations('key')).set('key', 'before')
  const before = link.health().server
  const sentinel = new Redis({ port: set.sentinels[1]?.port ?? 0 })
  onTestFinished(() => sentinel.disconnect())
  // The one that was given is gone: the others were learnt from it.
  await set.sentinels[0]?.stop()
  await sentinel.call('sentinel', 'FAILOVER', testMaster)
  await vi.waitFor(() => expect(link.health().server).not.toBe(before), {
    timeout: 20_000,
    interval: 20,
  })
  await reaches(link, { state: 'ready' })
  const port = await set.primaryPort()
  expect(link.health().server).toBe(`127.0.0.1:${port}`)
  const redis = await link.mutations('key')
  expect(await redis.set('key', 'after')).toBe('OK')
  const demoted = new Redis({ port: set.servers[0]?.port ?? 0 })
  onTestFinished(() => demoted.disconnect())
  await vi.waitFor(async () => expect(await demoted.client('LIST')).not.toContain('name=vigie'))
})

test('without a primary there is none, until there is one again', async () => {
  const set = await startSentinelSet()
  onTestFinished(() => set.stop())
  const link = connect(set.endpoints)
  await reaches(link, { state: 'ready' })
  // One sentinel alone cannot choose another.
  await Promise.all(set.sentinels.slice(1).map((sentinel) => sentinel.stop()))
  set.servers[0]?.process.kill('SIGSTOP')
  onTestFinished(() => void set.servers[0]?.process.kill('SIGCONT'))
  await link.disconnect()
  link.connect()
  await reaches(link, { state: 'reconnecting', reason: 'no-primary' })
  set.servers[0]?.process.kill('SIGCONT')
  await reaches(link, { state: 'ready' })
  expect(await link.pipeline([['ping']])).toEqual(['PONG'])
})

test('sentinels that speak TLS are asked with the settings of the profile, and refused like servers', async () => {
  const authority = makeAuthority(temporaryFolder())
  const certificate = authority.issue('server')
  const [port, sentinelPort] = [await freePort(), await freePort()]
  const server = await startTestRedis(tlsLines(port, certificate, authority))
  onTestFinished(() => server.stop())
  const sentinel = await startSentinel([
    ...tlsLines(sentinelPort, certificate, authority),
    'tls-replication yes',
    `sentinel monitor ${testMaster} 127.0.0.1 ${port} 1`,
  ])
  onTestFinished(() => sentinel.stop())
  const sentinels = [{ host: '127.0.0.1', port: sentinelPort }]
  const trusting = tlsFor({ ca: authority.certificate })
  const link = connect(sentinels, { tls: trusting, sentinelTls: true })
  await reaches(link, { state: 'ready', server: `127.0.0.1:${port}` })
  expect(await link.pipeline([['ping']])).toEqual(['PONG'])
  const wary = connect(sentinels, { tls: tlsFor(), sentinelTls: true })
  await reaches(wary, { state: 'refused', reason: 'certificate-untrusted' })
  const plain = connect(sentinels, { tls: trusting })
  await reaches(plain, { state: 'reconnecting', reason: 'sentinel-no-answer' })
})
