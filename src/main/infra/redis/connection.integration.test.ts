import { Redis } from 'ioredis'
import { once } from 'node:events'
import type { Buffer } from 'node:buffer'
import { connect as connectTo, createServer as createPlainServer, type AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { inspect } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connect, expectState, redisServer } from '#test-support/link-under-test.ts'
import { linkTo } from '#test-support/link.ts'
import { freePort } from '#test-support/redis.ts'
import { startTcpProxy } from '#test-support/tcp-proxy.ts'
import type { RedisLink } from './link.ts'

const read = (connection: RedisLink) => connection.pipeline([['get', 'key']])

test('a ready environment tells its version, its latency and when it last answered', async () => {
  const { url, port } = await redisServer()
  const connection = connect(url)
  expect(connection.health().state).toBe('connecting')
  await expectState(connection, { state: 'ready', reason: null, nextTryAt: null })
  const { latency, lastAnswerAt, redisVersion } = connection.health()
  expect(latency).toBeGreaterThan(0)
  expect(Date.now() - (lastAnswerAt ?? 0)).toBeLessThan(2000)
  expect(redisVersion).toMatch(/^\d+\.\d+\.\d+$/)
  expect(connection.address).toBe(`redis://127.0.0.1:${port}/0`)
  expect(connection.role()).toBe('primary')
})

test('every PING is told to listeners, a second apart', async () => {
  const connection = connect((await redisServer()).url)
  const answers: number[] = []
  connection.onHealth(({ state }) => {
    if (state === 'ready') answers.push(performance.now())
  })
  await vi.waitFor(() => expect(answers.length).toBeGreaterThanOrEqual(3), { timeout: 5000 })
  expect((answers[2] ?? 0) - (answers[1] ?? 0)).toBeGreaterThan(800)
})

test('a reading right after the start waits for the first answer', async () => {
  const connection = connect((await redisServer()).url)
  expect(await read(connection)).toEqual([null])
})

test('an environment that is not there is no exception, and is found once it comes up', async () => {
  const port = await freePort()
  const connection = connect(`redis://127.0.0.1:${port}`)
  await expectState(connection, { state: 'reconnecting', reason: 'refused', lastAnswerAt: null })
  expect(connection.health().nextTryAt).toBeGreaterThan(Date.now() - 1000)
  await expect(read(connection)).rejects.toMatchObject({
    code: 'ENVIRONMENT_UNREACHABLE',
    data: { environment: 'staging', reason: 'refused' },
  })
  await redisServer([`port ${port}`])
  await expectState(connection, { state: 'ready', nextTryAt: null })
  expect(await read(connection)).toEqual([null])
})

test('a name that does not resolve says so', async () => {
  const connection = connect('redis://no-such-host.invalid:6379')
  await expectState(connection, { state: 'reconnecting', reason: 'unresolved' })
  await expect(read(connection)).rejects.toMatchObject({ data: { reason: 'unresolved' } })
})

test('a wrong password is a refusal, and shows nowhere', async () => {
  const { port } = await redisServer(['requirepass right'])
  const connection = connect(`redis://someone:hunter2@127.0.0.1:${port}`)
  await expectState(connection, { state: 'refused', reason: 'authentication' })
  const errors = await Promise.all(
    [read(connection), connection.mutations('key')].map((work) =>
      work.catch((error: unknown) => error),
    ),
  )
  const refusal = { code: 'ENVIRONMENT_UNREACHABLE', data: { reason: 'authentication' } }
  for (const error of errors) expect(error).toMatchObject(refusal)
  const shown = [connection, connection.health(), ...errors].map((thing) =>
    [inspect(thing, { depth: 12, showHidden: true }), JSON.stringify(thing), String(thing)].join(),
  )
  expect(shown.join()).not.toContain('hunter2')
})

test('a password that is missing is a refusal, until Redis no longer asks for one', async () => {
  const { port } = await redisServer(['requirepass right'])
  const connection = connect(`redis://127.0.0.1:${port}`)
  await expectState(connection, { state: 'refused', reason: 'password-needed' })
  const admin = new Redis({ port, password: 'right' })
  onTestFinished(() => admin.disconnect())
  await admin.config('SET', 'requirepass', '')
  expect(connection.health().nextTryAt).toBeGreaterThan(Date.now() + 5000)
  connection.connect()
  await expectState(connection, { state: 'ready', reason: null })
  expect(await read(connection)).toEqual([null])
})

test('a database that does not exist is never replaced by another', async () => {
  const { url, port } = await redisServer()
  const filled = new Redis(url)
  onTestFinished(() => filled.disconnect())
  await filled.set('key', 'of database 0')
  const connection = connect(`redis://127.0.0.1:${port}/99`)
  await expectState(connection, { state: 'refused' })
  await expect(read(connection)).rejects.toMatchObject({ code: 'ENVIRONMENT_UNREACHABLE' })
  await expect(connection.mutations('key')).rejects.toMatchObject({
    code: 'ENVIRONMENT_UNREACHABLE',
  })
})

test('a TLS handshake that fails is a refusal', async () => {
  // Without a certificate no cipher fits.
  const server = createServer({}).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const connection = connect(`rediss://127.0.0.1:${port}`)
  await expectState(connection, { state: 'refused', reason: 'tls' })
  await expect(read(connection)).rejects.toMatchObject({ data: { reason: 'tls' } })
})

test('a Redis that is busy with a script is told apart from one that is gone', async () => {
  const { url } = await redisServer(['lua-time-limit 50'])
  const connection = connect(url)
  await expectState(connection, { state: 'ready' })
  const scripting = new Redis(url)
  const rescue = new Redis(url)
  onTestFinished(() => {
    scripting.disconnect()
    rescue.disconnect()
  })
  // The check that opens a client would be answered BUSY too.
  await rescue.ping()
  const running = scripting.eval('while true do end', 0).catch(() => {})
  await expectState(connection, { state: 'degraded', reason: 'busy' })
  await expect(read(connection)).rejects.toMatchObject({ data: { reason: 'busy' } })
  await rescue.script('KILL')
  await running
  await expectState(connection, { state: 'ready' })
})

test('a server that no longer answers is given up, and what waited for it fails', async () => {
  const proxy = await startTcpProxy(await redisServer())
  onTestFinished(() => proxy.stop())
  const connection = connect(`redis://127.0.0.1:${proxy.port}`, { options: { pingTimeout: 1500 } })
  await expectState(connection, { state: 'ready' })
  proxy.pause()
  await expect(read(connection)).rejects.toMatchObject({ code: 'ENVIRONMENT_UNREACHABLE' })
  await expectState(connection, { state: 'reconnecting', reason: 'timeout' })
  proxy.restore()
  await expectState(connection, { state: 'ready' })
})

test('what a silent server does not answer fails after three seconds, on a connection that stays', async () => {
  const proxy = await startTcpProxy(await redisServer())
  onTestFinished(() => proxy.stop())
  const connection = connect(`redis://127.0.0.1:${proxy.port}`)
  await expectState(connection, { state: 'ready' })
  proxy.pause()
  const start = performance.now()
  const timedOut = { code: 'ENVIRONMENT_UNREACHABLE', data: { reason: 'timeout' } }
  await Promise.all(
    [read(connection), connection.run('key', (redis) => redis.get('key'))].map((reading) =>
      expect(reading).rejects.toMatchObject(timedOut),
    ),
  )
  expect(performance.now() - start).toBeGreaterThan(2900)
  expect(performance.now() - start).toBeLessThan(4500)
  proxy.restore()
  expect(await read(connection)).toEqual([null])
  expect(proxy.links).toBe(1)
  // Slow it has been, which ten quick answers make good.
  await expectState(connection, { state: 'ready' })
  expect(proxy.links).toBe(1)
})

test('an answer that takes long to come is waited for while its bytes come', async () => {
  const { url, port } = await redisServer()
  const redis = new Redis(url)
  onTestFinished(() => redis.disconnect())
  const text = 'x'.repeat(500_000)
  await redis.set('key', text)
  const slow = createPlainServer((client) => {
    const upstream = connectTo(port, '127.0.0.1')
    client.pipe(upstream)
    for (const socket of [client, upstream]) socket.on('error', () => upstream.destroy())
    void (async () => {
      for await (const chunk of upstream.iterator() as AsyncIterable<Buffer>) {
        for (let from = 0; from < chunk.length; from += 20_000) {
          client.write(chunk.subarray(from, from + 20_000))
          await new Promise((resolve) => setTimeout(resolve, 40))
        }
      }
    })().catch(() => {})
    client.on('close', () => upstream.destroy())
  }).listen(0, '127.0.0.1')
  await once(slow, 'listening')
  onTestFinished(() => void slow.close())
  const patience = 400
  const address = slow.address() as AddressInfo
  const connection = connect(`redis://127.0.0.1:${address.port}`, { options: { patience } })
  await expectState(connection, { state: 'ready' })
  const start = performance.now()
  expect(await read(connection)).toEqual([text])
  expect(performance.now() - start).toBeGreaterThan(2 * patience)
})

test('a cut connection comes back by itself, within a second', async () => {
  const proxy = await startTcpProxy(await redisServer())
  onTestFinished(() => proxy.stop())
  const connection = connect(`redis://127.0.0.1:${proxy.port}`)
  await expectState(connection, { state: 'ready' })
  const { since } = connection.health()
  proxy.cut()
  await vi.waitFor(() => expect(connection.health().since).toBeGreaterThan(since), { interval: 5 })
  await expectState(connection, { state: 'ready' })
  expect(Date.now() - since).toBeLessThan(5000)
})

test('changes have a connection of their own, opened when first asked for', async () => {
  const { url } = await redisServer()
  const connection = connect(url)
  const names = async () => {
    const [list] = await connection.pipeline([['client', 'LIST']])
    return String(list).match(/ name=vigie /g)?.length
  }
  expect(await names()).toBe(1)
  const redis = await connection.mutations('key')
  expect(await connection.mutations('key')).toBe(redis)
  expect(await redis.client('GETNAME')).toBe('vigie')
  expect(await names()).toBe(2)
})

test('one refused command does not spoil the others of its round trip', async () => {
  const connection = connect((await redisServer()).url)
  const replies = await connection.pipeline([
    ['set', 'text', 'x'],
    ['llen', 'text'],
    ['get', 'text'],
  ])
  expect(replies).toEqual(['OK', expect.any(Error), 'x'])
})

test('closing ends every connection, also one that never came up', async () => {
  const { url } = await redisServer()
  const observer = new Redis(url)
  onTestFinished(() => observer.disconnect())
  const connection = linkTo(url)
  await connection.mutations('key')
  await connection.close()
  await vi.waitFor(async () => expect(await observer.client('LIST')).not.toContain('name=vigie'))
  const lost = linkTo(`redis://127.0.0.1:${await freePort()}`)
  await expectState(lost, { state: 'reconnecting' })
  await expect(lost.close()).resolves.toBeUndefined()
})
