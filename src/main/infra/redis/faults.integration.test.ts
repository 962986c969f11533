import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  admin,
  connect,
  expectState,
  redisServer,
  statesOf,
} from '#test-support/link-under-test.ts'
import { freePort } from '#test-support/redis.ts'
import { startTcpProxy } from '#test-support/tcp-proxy.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import type { RedisLink } from './link.ts'

const read = (link: RedisLink, key = 'key') => link.pipeline([['get', key]])

test('a unix socket is as good as a port, and one that is not there says so', async () => {
  const path = join(temporaryFolder(), 'redis.sock')
  const missing = connect(`unix://${path}`)
  await expectState(missing, { state: 'reconnecting', reason: 'refused' })
  await redisServer([`unixsocket ${path}`])
  await expectState(missing, { state: 'ready', server: path })
  expect(await read(missing)).toEqual([null])
  expect(await (await missing.mutations('key')).set('key', 'x')).toBe('OK')
})

test('an address of IPv6 is as good as one of IPv4', async () => {
  const { port } = await redisServer(['bind ::1'])
  const link = connect(`redis://[::1]:${port}/3`)
  await expectState(link, { state: 'ready', server: `[::1]:${port}` })
  expect(link.address).toBe(`redis://[::1]:${port}/3`)
  expect(await read(link)).toEqual([null])
})

test('an ACL user is let in once the password is right, which is asked for at each connect', async () => {
  const { port } = await redisServer(['user vigie on >right ~* &* +@all'])
  const secrets = { password: 'wrong' }
  const link = connect(`redis://vigie@127.0.0.1:${port}`, { secrets: () => secrets })
  await expectState(link, { state: 'refused', reason: 'authentication' })
  secrets.password = 'right'
  link.connect()
  await expectState(link, { state: 'ready' })
  const whoami = link.run('key', (redis) => redis.acl('WHOAMI'))
  expect(await whoami).toBe('vigie')
  expect(await (await link.mutations('key')).acl('WHOAMI')).toBe('vigie')
})

test('a user without a password is not even tried', async () => {
  const { port } = await redisServer(['user vigie on >right ~* &* +@all'])
  const link = connect(`redis://vigie@127.0.0.1:${port}`)
  await expectState(link, { state: 'refused', reason: 'password-needed' })
})

test('a password that Redis does not ask for does no harm', async () => {
  const { port } = await redisServer()
  await expectState(connect(`redis://:unneeded@127.0.0.1:${port}`), { state: 'ready' })
})

test('a database that is not there is refused, as what it is', async () => {
  const { port } = await redisServer(['databases 4'])
  const link = connect(`redis://127.0.0.1:${port}/4`)
  await expectState(link, { state: 'refused', reason: 'database' })
  await expect(read(link)).rejects.toMatchObject({ data: { reason: 'database' } })
})

test('a Redis that has no room for another client is tried again', async () => {
  const { url } = await redisServer(['maxclients 1'])
  const only = admin(url)
  await only.ping()
  const link = connect(url)
  await expectState(link, { state: 'reconnecting', reason: 'refused' })
  only.disconnect()
  await expectState(link, { state: 'ready' })
})

test('a server that reads its data from disk is loading, and ready by itself', async () => {
  const directory = temporaryFolder()
  const first = await redisServer([`dir ${directory}`])
  const filled = admin(first.url)
  await filled.mset(Array.from({ length: 400 }, (_, index) => [`key:${index}`, index]).flat())
  await filled.save()
  await first.stop()
  const port = await freePort()
  const link = connect(`redis://127.0.0.1:${port}`)
  const states = statesOf(link)
  // It takes 5 ms for each key, and answers in between.
  await redisServer([
    `port ${port}`,
    `dir ${directory}`,
    'key-load-delay 5000',
    'loading-process-events-interval-bytes 1024',
  ])
  await expectState(link, { state: 'ready' })
  expect(states).toContain('loading loading')
  expect(await read(link, 'key:399')).toEqual(['399'])
})

test('a server that is killed and started again is found within some seconds', async () => {
  const first = await redisServer()
  const link = connect(first.url)
  await expectState(link, { state: 'ready' })
  const states = statesOf(link)
  first.process.kill('SIGKILL')
  await expectState(link, { state: 'reconnecting', reason: 'refused', server: null })
  expect(link.health().nextTryAt).toBeGreaterThan(Date.now() - 1000)
  await expect(read(link)).rejects.toMatchObject({ data: { reason: 'refused' } })
  await expect(link.mutations('key')).rejects.toMatchObject({ data: { reason: 'refused' } })
  await redisServer([`port ${first.port}`])
  await expectState(link, { state: 'ready' })
  expect(states).toEqual(['reconnecting closed', 'reconnecting refused', 'ready'])
  expect(await (await link.mutations('key')).set('key', 'x')).toBe('OK')
})

test('connections that Redis kills come back, and what was under way is not sent again', async () => {
  const { url } = await redisServer()
  const link = connect(url)
  await expectState(link, { state: 'ready' })
  const changes = await link.mutations('key')
  const blocked = changes.blpop('list', 0).catch((error: unknown) => link.consoleError(error))
  const killing = admin(url)
  await vi.waitFor(async () => expect(await killing.info('clients')).toContain('blocked_clients:1'))
  const { since } = link.health()
  await killing.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  expect(await blocked).toMatchObject({ code: 'ENVIRONMENT_UNREACHABLE' })
  await vi.waitFor(() => expect(link.health().since).toBeGreaterThan(since))
  await expectState(link, { state: 'ready' })
  await killing.rpush('list', 'x')
  expect(await (await link.mutations('key')).llen('list')).toBe(1)
})

test('a Redis that sleeps is slow, and answers later on the same connection', async () => {
  const { url } = await redisServer(['enable-debug-command yes'])
  const link = connect(url)
  await expectState(link, { state: 'ready' })
  const states = statesOf(link)
  const { server } = link.health()
  const latencies: (number | null)[] = []
  link.onHealth(({ latency }) => latencies.push(latency))
  const putting = admin(url)
  await putting.ping()
  const sleeping = putting.call('DEBUG', 'SLEEP', '4')
  await expect(read(link)).rejects.toMatchObject({ data: { reason: 'timeout' } })
  await sleeping
  // The PING that had to wait for it is answered as well.
  await expectState(link, { state: 'ready', server })
  expect(latencies.some((latency) => latency !== null && latency > 2000)).toBe(true)
  expect(new Set(states)).toEqual(new Set(['ready', 'degraded latency']))
})

test('after a sleep a dead connection is found in two seconds, and a pause ends at once', async () => {
  const proxy = await startTcpProxy(await redisServer())
  onTestFinished(() => proxy.stop())
  const link = connect(`redis://127.0.0.1:${proxy.port}`)
  await expectState(link, { state: 'ready' })
  link.wake()
  expect(link.health().state).toBe('ready')
  proxy.pause()
  const start = performance.now()
  link.wake()
  await expectState(link, { state: 'reconnecting', reason: 'timeout' })
  expect(performance.now() - start).toBeLessThan(4000)
  proxy.refuse()
  proxy.cut()
  await expectState(link, { state: 'reconnecting', reason: 'closed' })
  proxy.restore()
  link.wake()
  await expectState(link, { state: 'ready' })
})

test('what was disconnected stays so until it is connected again', async () => {
  const { url } = await redisServer()
  const link = connect(url)
  await expectState(link, { state: 'ready' })
  await link.mutations('key')
  await link.disconnect()
  const offline = {
    state: 'offline',
    reason: 'disconnected',
    server: null,
    nextTryAt: null,
  } as const
  expect(link.health()).toMatchObject(offline)
  await vi.waitFor(async () => expect(await admin(url).client('LIST')).not.toContain('name=vigie'))
  link.wake()
  const unreachable = { code: 'ENVIRONMENT_UNREACHABLE', data: { reason: 'disconnected' } }
  await expect(read(link)).rejects.toMatchObject(unreachable)
  await expect(link.mutations('key')).rejects.toMatchObject(unreachable)
  link.connect()
  expect(await read(link)).toEqual([null])
})

test('the password of a connection is in nothing that is kept of it', async () => {
  const { port } = await redisServer(['requirepass hunter2'])
  const link = connect(`redis://:hunter2@127.0.0.1:${port}`)
  await expectState(link, { state: 'ready' })
  const changes = await link.mutations('key')
  const reads = await link.run('key', async (redis) => redis)
  for (const thing of [link, changes, reads]) {
    expect(inspect(thing, { depth: 20, showHidden: true })).not.toContain('hunter2')
  }
})
