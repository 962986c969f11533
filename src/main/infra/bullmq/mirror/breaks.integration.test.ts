import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isReadable } from '#shared/contract/connections.ts'
import { documentedRights } from '#test-support/documented-rights.ts'
import { memoryMirror } from '#test-support/memory-mirror.ts'
import { loadOf } from '#test-support/mirror-load.ts'
import { expectInStep, openMirror } from '#test-support/mirroring.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { startTcpProxy } from '#test-support/tcp-proxy.ts'

const name = 'orders'
const queues = () => [name]

async function redisFor(
  extra: readonly string[] = [],
): Promise<{ server: TestRedis; redis: Redis }> {
  const server = await startTestRedis(extra)
  onTestFinished(() => server.stop())
  const redis = new Redis(server.port, { maxRetriesPerRequest: null, retryStrategy: () => 50 })
  redis.on('error', () => {})
  onTestFinished(() => redis.disconnect())
  return { server, redis }
}

function loadOn(port: number) {
  const load = loadOf({ library: 'bullmq6', port, queue: name })
  onTestFinished(() => load.close())
  return load
}

/** The real queue, closed when the test ends. */
function queueOn(port: number): Queue {
  const queue = new Queue(name, { connection: { host: '127.0.0.1', port } })
  onTestFinished(() => queue.close())
  return queue
}

const following = (sync: { figures(): { state: string } }) =>
  vi.waitFor(() => expect(sync.figures().state).toBe('following'), { timeout: 8000 })

test('events that were trimmed while nobody read them are told as a gap, and mended', async () => {
  const { server, redis } = await redisFor()
  const load = loadOn(server.port)
  await load.run(200)
  const { sync, writer } = openMirror(server.url, { queues })
  await following(sync)
  await expectInStep(redis, writer, queues())
  sync.pause()
  await load.run(1500)
  sync.resume()
  await expectInStep(redis, writer, queues())
  expect(sync.figures().gaps).toBe(1)
  expect(sync.figures().queues[0]?.lastGapAt).toBeGreaterThan(Date.now() - 10_000)
}, 20_000)

test('nothing is missed and no gap told when all events of a pause are still there', async () => {
  const { server, redis } = await redisFor()
  const queue = queueOn(server.port)
  await queue.add('before', {})
  const { sync, writer } = openMirror(server.url, { queues })
  await following(sync)
  await expectInStep(redis, writer, queues())
  sync.pause()
  await queue.addBulk(Array.from({ length: 50 }, () => ({ name: 'later', data: {} })))
  sync.resume()
  await expectInStep(redis, writer, queues())
  expect(writer.rows(name)).toHaveLength(51)
  expect(sync.figures().gaps).toBe(0)
})

test('a console that was killed goes on where its last writes were', async () => {
  const { server, redis } = await redisFor()
  const load = loadOn(server.port)
  const writer = memoryMirror()
  const first = openMirror(server.url, { queues, writer })
  await load.run(700)
  // As in a crash: what was written stays, nothing more is.
  const running = load.run(1200)
  await first.close()
  await running
  const second = openMirror(server.url, { queues, writer })
  await following(second.sync)
  await expectInStep(redis, writer, queues())
}, 20_000)

test('a connection that is cut under load loses nothing', async () => {
  const { server, redis } = await redisFor()
  const proxy = await startTcpProxy({ port: server.port })
  onTestFinished(() => proxy.stop())
  const load = loadOn(server.port)
  const { sync, writer } = openMirror(`redis://127.0.0.1:${proxy.port}`, { queues })
  await load.run(300)
  await following(sync)
  const running = load.run(2500)
  proxy.refuse()
  proxy.cut()
  await vi.waitFor(() => expect(redis.status).toBe('ready'))
  await running
  proxy.restore()
  await expectInStep(redis, writer, queues(), { timeout: 10_000 })
}, 25_000)

test('a network that falls silent under load loses nothing', async () => {
  const { server, redis } = await redisFor()
  const proxy = await startTcpProxy({ port: server.port })
  onTestFinished(() => proxy.stop())
  const load = loadOn(server.port)
  const { sync, writer, link } = openMirror(`redis://127.0.0.1:${proxy.port}`, {
    queues,
    link: { options: { pingTimeout: 1500 } },
  })
  await load.run(300)
  await following(sync)
  const running = load.run(2000)
  proxy.pause()
  await vi.waitFor(() => expect(isReadable(link.health())).toBe(false), { timeout: 10_000 })
  await running
  proxy.restore()
  await expectInStep(redis, writer, queues(), { timeout: 10_000 })
}, 30_000)

test('a Redis that comes back with nothing is what the mirror shows', async () => {
  const { server, redis } = await redisFor()
  const load = loadOn(server.port)
  await load.run(300)
  const { sync, writer } = openMirror(server.url, { queues })
  await following(sync)
  await expectInStep(redis, writer, queues())
  const before = writer.rows(name).length
  await server.kill()
  await server.start()
  // The workers go on as if nothing had been.
  await load.run(500)
  await expectInStep(redis, writer, queues(), { timeout: 10_000 })
  expect(writer.goneOf(name).length).toBeGreaterThan(before / 2)
}, 30_000)

test('a Redis that comes back with older data is what the mirror shows', async () => {
  const { server, redis } = await redisFor()
  const load = loadOn(server.port)
  await load.run(300)
  await redis.save()
  const { sync, writer } = openMirror(server.url, { queues })
  await following(sync)
  await load.run(300)
  await load.close()
  await expectInStep(redis, writer, queues())
  await server.kill()
  await server.start()
  await expectInStep(redis, writer, queues(), { timeout: 15_000 })
  expect(sync.figures().gaps).toBeGreaterThan(0)
}, 30_000)

test('what vanishes without an event is found by the numbers', async () => {
  const { server, redis } = await redisFor()
  const queue = queueOn(server.port)
  await queue.addBulk([
    ...Array.from({ length: 3000 }, () => ({ name: 'waits', data: {} })),
    ...Array.from({ length: 300 }, () => ({ name: 'later', data: {}, opts: { delay: 60_000 } })),
  ])
  const { sync, writer } = openMirror(server.url, { queues })
  await following(sync)
  await expectInStep(redis, writer, queues())
  await queue.drain(true)
  await expectInStep(redis, writer, queues())
  expect(writer.rows(name)).toEqual([])
  expect(writer.goneOf(name)).toHaveLength(3300)
})

test('a queue that is obliterated leaves only what is gone', async () => {
  const { server, redis } = await redisFor()
  const queue = queueOn(server.port)
  await queue.addBulk(Array.from({ length: 50 }, () => ({ name: 'waits', data: {} })))
  const { sync, writer } = openMirror(server.url, { queues })
  await following(sync)
  await expectInStep(redis, writer, queues())
  await queue.obliterate({ force: true })
  await redis.del(`bull:${name}:meta`, `bull:${name}:events`)
  await vi.waitFor(() => expect(writer.goneOf(name)).toHaveLength(50), { timeout: 5000 })
  expect(writer.rows(name)).toEqual([])
  await queue.add('again', {})
  await expectInStep(redis, writer, queues())
  expect(writer.rows(name)).toHaveLength(1)
})

test('the documented rights of a reader suffice', async () => {
  const { server, redis } = await redisFor()
  await redis.acl('SETUSER', 'reader', '>reader', ...(await documentedRights('vigie')))
  await redis.acl('LOG', 'RESET')
  const load = loadOn(server.port)
  const { sync, writer } = openMirror(`redis://reader:reader@127.0.0.1:${server.port}`, { queues })
  await load.run(800)
  await following(sync)
  await expectInStep(redis, writer, queues())
  expect(sync.figures().queues).toMatchObject([{ follow: 'stream' }])
  expect(await redis.acl('LOG')).toEqual([])
}, 20_000)

test.each(['xread', 'xinfo|stream'])(
  'a user who may not send %s is served by polling',
  async (command) => {
    const { server, redis } = await redisFor()
    await redis.acl('SETUSER', 'blind', 'on', '>x', '~*', '+@all', `-${command}`)
    const load = loadOn(server.port)
    await load.run(200)
    const { sync, writer } = openMirror(`redis://blind:x@127.0.0.1:${server.port}`, { queues })
    await vi.waitFor(() => expect(sync.figures().queues).toMatchObject([{ follow: 'polling' }]), {
      timeout: 5000,
    })
    await load.run(800)
    await expectInStep(redis, writer, queues())
  },
  20_000,
)

test('a user who may read no queue is told so, and goes on once given the rights', async () => {
  const { server, redis } = await redisFor()
  await redis.acl('SETUSER', 'blind', 'on', '>x', '~*', '+@all', '-llen')
  await queueOn(server.port).add('one', {})
  const { sync, writer } = openMirror(`redis://blind:x@127.0.0.1:${server.port}`, { queues })
  await vi.waitFor(() => expect(sync.figures().unread).toBe('denied'), { timeout: 5000 })
  expect(sync.figures().state).toBe('starting')
  await redis.acl('SETUSER', 'blind', '+llen')
  await expectInStep(redis, writer, queues())
  await vi.waitFor(() => expect(sync.figures().unread).toBeNull(), { timeout: 5000 })
})

test('queues under several prefixes are kept apart', async () => {
  const { server, redis } = await redisFor()
  const connection = { host: '127.0.0.1', port: server.port }
  const own = new Queue(name, { connection })
  const other = new Queue(name, { connection, prefix: 'shop:eu' })
  onTestFinished(async () => {
    await own.close()
    await other.close()
  })
  await own.add('one', {})
  await other.addBulk([
    { name: 'two', data: {} },
    { name: 'three', data: {} },
  ])
  const names = [name, `shop:eu:${name}`]
  const { sync, writer } = openMirror(server.url, {
    queues: () => names,
    prefixes: ['bull', 'shop:eu'],
  })
  await following(sync)
  await other.add('four', {})
  await expectInStep(redis, writer, names)
  expect(writer.rows(names[1] ?? '').map((job) => job.name)).toHaveLength(3)
})
