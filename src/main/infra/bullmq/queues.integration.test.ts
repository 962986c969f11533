import { Queue, Worker } from 'bullmq'
import * as v5 from 'bullmq5'
import { Redis } from 'ioredis'
import { afterAll, beforeEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { environment, memoryOfQueues, openReading, until } from '#test-support/reading.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import type { QueueList } from '#shared/contract/queues.ts'

let server: TestRedis
let redis: Redis

beforeAll(async () => {
  server = await startTestRedis(['repl-diskless-sync-delay 0'])
  redis = new Redis(server.url)
})

beforeEach(async () => {
  await redis.flushall()
})

afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

const connection = () => ({ host: '127.0.0.1', port: server.port })

function queueNamed(name: string, prefix = 'bull') {
  const queue = new Queue(name, { connection: connection(), prefix })
  onTestFinished(() => queue.close())
  return queue
}

function untilAborted() {
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  return ended.signal
}

const of = ({ queues }: QueueList, wanted: string) => queues.find(({ name }) => name === wanted)
const namesOf = ({ queues }: QueueList) => queues.map(({ name }) => name)

/** Calls of each command since the last reset, as Redis counts them. */
async function calls(): Promise<Record<string, number>> {
  const stats = await redis.info('commandstats')
  return Object.fromEntries(
    [...stats.matchAll(/cmdstat_(\S+):calls=(\d+)/g)].map(([, name, count]) => [
      String(name),
      Number(count),
    ]),
  )
}

test('a first list already holds the queues of a small Redis', async () => {
  for (const name of ['mail', 'images', 'sms']) await queueNamed(name).add('job', {})
  const filler = redis.pipeline()
  for (let index = 0; index < 15_000; index += 1) filler.set(`other:${index}`, '')
  await filler.exec()
  const { queues } = openReading(server.url)
  expect(namesOf(await queues.list(environment))).toEqual(['images', 'mail', 'sms'])
})

test('a prefix with colons and glob characters is taken as it is', async () => {
  await queueNamed('mail', 'my[app]:*').add('job', {})
  await queueNamed('other', 'my[app]:x').add('job', {})
  const { queues } = openReading(server.url, { prefixes: ['my[app]:*'] })
  expect(namesOf(await queues.list(environment))).toEqual(['mail'])
})

test('keys that only look like a queue are none', async () => {
  await redis.set('bull:session:id', 'not a counter')
  await redis.hset('bull:page:meta', 'title', 'x')
  await redis.set('bull:text:meta', 'x')
  await redis.set('bull::relay:id', '5')
  await queueNamed('mail').add('job', {})
  const { queues } = openReading(server.url)
  expect(namesOf(await queues.list(environment))).toEqual(['mail'])
})

test('a queue known only by its connected worker is found without a scan', async () => {
  const worker = new Worker('mail', async () => {}, { connection: connection() })
  onTestFinished(() => worker.close())
  await worker.waitUntilReady()
  await queueNamed('mail').add('job', {})
  const { queues } = openReading(server.url)
  await until(queues.watch(environment, [], untilAborted()), (list) =>
    namesOf(list).includes('mail'),
  )
  expect(queues.names(environment)).toEqual(['mail'])
})

test('a queue whose worker connects later shows at once, without a scan', async () => {
  await queueNamed('mail').add('job', {})
  const { queues } = openReading(server.url)
  expect(namesOf(await queues.list(environment))).toEqual(['mail'])
  await queueNamed('late').add('job', {})
  const worker = new Worker('late', async () => {}, { connection: connection() })
  onTestFinished(() => worker.close())
  await worker.waitUntilReady()
  await vi.waitFor(async () => {
    expect(namesOf(await queues.list(environment))).toEqual(['late', 'mail'])
  })
})

test('remembered queues are read at once; those without keys are forgotten', async () => {
  await queueNamed('mail').add('job', {})
  const known = memoryOfQueues(['mail', 'gone'])
  const { queues } = openReading(server.url, { known })
  expect(namesOf(await queues.list(environment))).toEqual(['mail'])
  expect([...known.names]).toEqual(['mail'])
})

test('a queue that is obliterated leaves the list', async () => {
  const queue = queueNamed('mail')
  await queue.add('job', {})
  await queueNamed('sms').add('job', {})
  const known = memoryOfQueues()
  const { queues } = openReading(server.url, { known })
  const stream = queues.watch(environment, ['mail', 'sms'], untilAborted())
  const lists = stream[Symbol.asyncIterator]()
  const next = async (wanted: string[]) => {
    for (;;) {
      const { value } = await lists.next()
      if (value !== undefined && namesOf(value).join() === wanted.join()) return
    }
  }
  await next(['mail', 'sms'])
  await queue.obliterate({ force: true })
  await next(['sms'])
  expect([...known.names]).toEqual(['sms'])
})

test('a queue can be added by hand, and only a real one', async () => {
  const { queues, link } = openReading(server.url)
  await vi.waitFor(() => expect(link.health().state).toBe('ready'))
  await queues.list(environment)
  await queueNamed('late').add('job', {})
  expect(await queues.add(environment, 'late')).toMatchObject({
    name: 'late',
    counts: { waiting: 1 },
  })
  expect(queues.names(environment)).toEqual(['late'])
  const refusals = [
    queues.add(environment, 'missing'),
    queues.add(environment, 'late:1'),
    queues.add(environment, ' '),
  ].map((adding) => adding.catch((error: { code?: string }) => error.code))
  expect(await Promise.all(refusals)).toEqual([
    'QUEUE_NOT_FOUND',
    'QUEUE_NAME_INVALID',
    'QUEUE_NAME_INVALID',
  ])
})

test('a refresh asks for the clients at most once, whatever the number of queues', async () => {
  for (let index = 0; index < 40; index += 1) await redis.set(`bull:queue-${index}:id`, '1')
  const { queues } = openReading(server.url)
  const names = namesOf(await queues.list(environment))
  expect(names).toHaveLength(40)
  await redis.config('RESETSTAT')
  await queues.list(environment)
  const counted = await calls()
  expect(counted['client|list']).toBe(1)
  const total = Object.entries(counted)
    .filter(([name]) => !['ping', 'info', 'config|resetstat'].includes(name))
    .reduce((sum, [, count]) => sum + count, 0)
  expect(total).toBeLessThanOrEqual(40 * 20)
})

test('visible queues are read each second, others seldom, and without watchers nothing', async () => {
  await queueNamed('seen').add('job', {})
  await queueNamed('hidden').add('job', {})
  const { queues } = openReading(server.url)
  await queues.list(environment)
  const ended = new AbortController()
  const watching = (async () => {
    let updates = 0
    for await (const _ of queues.watch(environment, ['seen'], ended.signal)) updates += 1
    return updates
  })()
  await vi.waitFor(async () => expect((await calls())['hmget']).toBeGreaterThan(0))
  await redis.config('RESETSTAT')
  await vi.waitFor(async () => expect((await calls())['hmget']).toBe(3), { timeout: 5000 })
  ended.abort()
  expect(await watching).toBeGreaterThanOrEqual(3)
  await redis.config('RESETSTAT')
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect((await calls())['hmget']).toBeUndefined()
})

test('while memory is nearly full, what nobody looks at keeps its last reading, and a scan waits', async () => {
  const [seen, hidden] = [queueNamed('seen'), queueNamed('hidden')]
  await Promise.all([seen.add('job', {}), hidden.add('job', {})])
  const { queues, link } = openReading(server.url)
  await queues.list(environment)
  // So much that the tenth left free is room enough for a few jobs.
  await redis.set('filler', Buffer.alloc(64 << 20))
  const used = Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1])
  await redis.config('SET', 'maxmemory', String(Math.round(used / 0.93)))
  onTestFinished(async () => {
    await redis.config('SET', 'maxmemory', '0')
  })
  link.wake()
  await vi.waitFor(() => expect(link.cost().reason).toBe('memory'), { timeout: 5000 })

  const signal = untilAborted()
  const before = of(await queues.list(environment), 'hidden')?.readAt
  await Promise.all([seen.add('job', {}), hidden.add('job', {}), queueNamed('new').add('job', {})])
  expect((await queues.rescan(environment)).state).toBe('scanning')
  const meanwhile = await until(
    queues.watch(environment, ['seen'], signal),
    (list) => of(list, 'seen')?.counts.waiting === 2,
  )
  expect(of(meanwhile, 'hidden')).toMatchObject({ counts: { waiting: 1 }, readAt: before })
  expect(of(meanwhile, 'new')).toBeUndefined()
  expect(meanwhile.discovery.state).toBe('scanning')

  await redis.config('SET', 'maxmemory', '0')
  link.wake()
  const after = await until(
    queues.watch(environment, ['seen'], signal),
    (list) => of(list, 'new') !== undefined && of(list, 'hidden')?.counts.waiting === 2,
  )
  expect(after.discovery.state).not.toBe('failed')
})

test('many watchers share one reading, and get at most four updates a second', async () => {
  await queueNamed('mail').add('job', {})
  const { queues } = openReading(server.url)
  await queues.list(environment)
  const ended = new AbortController()
  const counts = Array.from({ length: 5 }, async () => {
    let updates = 0
    for await (const _ of queues.watch(environment, ['mail'], ended.signal)) updates += 1
    return updates
  })
  await vi.waitFor(async () => expect((await calls())['hmget']).toBeGreaterThan(0))
  await redis.config('RESETSTAT')
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect((await calls())['hmget']).toBeLessThanOrEqual(3)
  ended.abort()
  for (const updates of await Promise.all(counts)) expect(updates).toBeLessThanOrEqual(16)
})

test.each([
  { version: 6, library: { Queue, Worker } },
  { version: 5, library: v5 as unknown as { Queue: typeof Queue; Worker: typeof Worker } },
])('workers of BullMQ $version are counted, named or not', async ({ library }) => {
  const queue = new library.Queue('mail', { connection: connection() })
  await queue.add('job', {})
  const { queues } = openReading(server.url)
  onTestFinished(() => queue.close())
  const workers = [undefined, 'first', 'second'].map(
    (name) =>
      new library.Worker('mail', async () => {}, {
        connection: { ...connection(), maxRetriesPerRequest: null },
        ...(name === undefined ? {} : { name }),
      }),
  )
  onTestFinished(async () => {
    for (const worker of workers) await worker.close()
  })
  await vi.waitFor(
    async () => {
      const { queues: list } = await queues.list(environment)
      expect(list).toEqual([expect.objectContaining({ name: 'mail', workers: 3 })])
    },
    { timeout: 5000 },
  )
})

test('a worker that hides its name is unknown, not none; without a lock there is none', async () => {
  await redis.set('bull:mail:id', '1')
  await redis.hset('bull:mail:meta', 'version', 'bullmq:6.7.0')
  await redis.lpush('bull:mail:active', '1')
  await redis.set('bull:mail:1:lock', 'token')
  const { queues } = openReading(server.url)
  const workers = async () => (await queues.list(environment)).queues[0]?.workers
  expect(await workers()).toBeNull()
  expect(await workers()).toBeNull()
  expect(await workers()).toBeNull()
  await redis.del('bull:mail:1:lock')
  await workers()
  expect(await workers()).toBe(0)
})

test('a replica knows nothing of workers', async () => {
  await queueNamed('mail').add('job', {})
  const replica = await startTestRedis([`replicaof 127.0.0.1 ${server.port}`])
  onTestFinished(() => replica.stop())
  const copy = new Redis(replica.url)
  onTestFinished(() => copy.disconnect())
  await vi.waitFor(async () => expect(await copy.exists('bull:mail:meta')).toBe(1), 10_000)
  const { queues, link } = openReading(replica.url)
  await vi.waitFor(() => expect(link.role()).toBe('replica'))
  const { queues: list } = await queues.list(environment)
  expect(list).toEqual([expect.objectContaining({ name: 'mail', workers: null })])
})

test('the oldest waiting job, the failure share and a paused queue are told', async () => {
  const queue = queueNamed('mail')
  await queue.add('first', {}, { timestamp: 1_700_000_000_000 })
  await queue.add('second', {})
  await queue.pause()
  const now = Date.now()
  await redis.zadd('bull:mail:failed', now - 1000, 'a', now - 7_200_000, 'b')
  await redis.zadd('bull:mail:completed', now - 1000, 'c', now - 2000, 'd', now - 3000, 'e')
  const { queues } = openReading(server.url)
  const list = await queues.list(environment)
  expect(list.queues).toEqual([
    expect.objectContaining({
      paused: true,
      version: expect.stringMatching(/^6\./),
      oldestWaitingAt: 1_700_000_000_000,
      failureShare: 0.25,
      rateIn: null,
      rateOut: null,
    }),
  ])
})

test('only prioritized jobs waiting: the next of them is the oldest', async () => {
  const queue = queueNamed('mail')
  await queue.add('urgent', {}, { priority: 1, timestamp: 1_700_000_000_000 })
  await queue.add('calm', {}, { priority: 9 })
  const { queues } = openReading(server.url)
  const [mail] = (await queues.list(environment)).queues
  expect(mail?.oldestWaitingAt).toBe(1_700_000_000_000)
})

test('rates appear once a queue was watched for some seconds', async () => {
  const queue = queueNamed('mail')
  await queue.add('job', {})
  const { queues } = openReading(server.url)
  const signal = untilAborted()
  const adding = setInterval(() => void queue.add('job', {}), 100)
  onTestFinished(() => clearInterval(adding))
  const list = await until(
    queues.watch(environment, ['mail'], signal),
    ({ queues: [mail] }) => (mail?.rateIn ?? null) !== null,
  )
  const rate = list.queues[0]?.rateIn ?? 0
  expect(rate).toBeGreaterThan(300)
  expect(rate).toBeLessThan(900)
}, 20_000)

test('an unknown environment is said to be unknown', async () => {
  const { queues } = openReading(server.url)
  expect(() => queues.list('nowhere')).toThrow(
    expect.objectContaining({ code: 'ENVIRONMENT_NOT_FOUND' }),
  )
})
