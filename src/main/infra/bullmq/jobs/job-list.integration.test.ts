import { UnrecoverableError } from 'bullmq'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { environment, openReading } from '#test-support/reading.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { startTcpProxy } from '#test-support/tcp-proxy.ts'
import { useQueue } from '#test-support/use-queue.ts'
import { jobDetailSchema, jobPageSchema } from '#shared/contract/jobs.ts'

const queue = useQueue()
const open = () => openReading(redisUrl())

/** The first INFO of a connection, and a scan for queues, are larger than a page. */
async function settled({ link, queues }: ReturnType<typeof openReading>): Promise<void> {
  await expect.poll(() => link.health().redisVersion).not.toBeNull()
  const scan = async () => (await queues.list(environment)).discovery.finishedAt
  // Seldom, since each look takes of the budget that the scan waits for.
  await expect.poll(scan, { timeout: 20_000, interval: 400 }).not.toBeNull()
}

test('a row says what happened to a job', async () => {
  const bullmq = queue.bullmq()
  await bullmq.upsertJobScheduler(
    'nightly',
    { every: 3_600_000 },
    { name: 'report', opts: { attempts: 4 } },
  )
  const worker = queue.worker(async () => {
    throw new UnrecoverableError(`  no such user: 42${'.'.repeat(400)}\nsecond line`)
  })
  await once(worker, 'failed')
  const { jobs } = open()
  const page = jobPageSchema.parse(await jobs.list(queue.list('failed')))
  expect(page).toMatchObject({ cursor: null, total: 1 })
  expect(page.items).toEqual([
    expect.objectContaining({
      name: 'report',
      state: 'failed',
      scheduler: 'nightly',
      attemptsMade: 1,
      attemptsAllowed: 4,
      parent: null,
      dueAt: null,
    }),
  ])
  const [row] = page.items
  expect(row?.error).toMatch(/no such user: 42\.+/)
  expect(row?.error?.length).toBeLessThanOrEqual(301)
  expect(row?.error).not.toContain('second')
  expect(row?.duration).toBeGreaterThanOrEqual(0)
  expect((row?.finishedAt ?? 0) - (row?.startedAt ?? 0)).toBe(row?.duration)
  expect(row?.wait).toBeGreaterThanOrEqual(0)
})

test('delayed jobs come soonest due first, prioritized ones in the order they run', async () => {
  const bullmq = queue.bullmq()
  const now = Date.now()
  await bullmq.add('late', {}, { delay: 9_000_000 })
  await bullmq.add('soon', {}, { delay: 1_000_000 })
  await bullmq.add('calm', {}, { priority: 9 })
  await bullmq.add('urgent', {}, { priority: 2 })
  const { jobs } = open()
  const delayed = await jobs.list(queue.list('delayed'))
  expect(delayed.items.map(({ name }) => name)).toEqual(['soon', 'late'])
  expect(Math.abs((delayed.items[0]?.dueAt ?? 0) - now - 1_000_000)).toBeLessThan(5000)
  const prioritized = await jobs.list(queue.list('prioritized'))
  expect(prioritized.items.map(({ name, priority }) => [name, priority])).toEqual([
    ['urgent', 2],
    ['calm', 9],
  ])
})

test('a list never fetches payloads, whatever their size', async () => {
  const megabyte = 'x'.repeat(1024 * 1024)
  await queue.failed(20, {
    data: megabyte,
    returnvalue: megabyte,
    stacktrace: megabyte,
    failedReason: 'y'.repeat(100_000),
    progress: 'z'.repeat(100_000),
  })
  const proxy = await startTcpProxy({ port: queue.port })
  onTestFinished(() => proxy.stop())
  const reading = openReading(`redis://127.0.0.1:${proxy.port}`)
  const { jobs } = reading
  await settled(reading)
  await jobs.list(queue.list('failed', 1))
  const before = proxy.received
  const page = jobPageSchema.parse(await jobs.list(queue.list('failed')))
  expect(page.items).toHaveLength(20)
  expect(proxy.received - before).toBeLessThan(10_000)
  expect(page.items[0]?.error).toContain('KB')
})

test('a page of very many jobs takes no more from Redis than one of few', async () => {
  const proxy = await startTcpProxy({ port: queue.port })
  onTestFinished(() => proxy.stop())
  const reading = openReading(`redis://127.0.0.1:${proxy.port}`)
  const { jobs } = reading
  await settled(reading)
  const fill = async (from: number, to: number) => {
    const members = Array.from({ length: to - from }, (_, index) => [
      1_000_000 + from + index,
      `job-${1_000_000 + from + index}`,
    ])
    await queue.redis.zadd(queue.key('failed'), ...members.flat())
  }
  // The least of several: a PING may fall into one of them.
  const pageBytes = async (total: number) => {
    const readings: number[] = []
    for (let round = 0; round < 20; round += 1) {
      const before = proxy.received
      expect((await jobs.list(queue.list('failed'))).total).toBe(total)
      readings.push(proxy.received - before)
    }
    return Math.min(...readings)
  }
  await fill(0, 100)
  const few = await pageBytes(100)
  for (let from = 100; from < 200_000; from += 9_995) await fill(from, from + 9_995)
  const many = await pageBytes(200_000)
  expect(Math.abs(many - few)).toBeLessThan(few / 10)
  await queue.redis.del(queue.key('failed'))
})

test('whatever stands in Redis, a page comes and holds its promise', async () => {
  await queue.failed(1)
  const odd: Record<string, Record<string, string>> = {
    notJson: { name: 'a', timestamp: '1', opts: '{broken' },
    nullOptions: { name: 'b', timestamp: '2', opts: 'null' },
    hugeNumbers: {
      name: 'c',
      timestamp: '1e400',
      priority: '1e300',
      atm: '99999999999999999999',
      opts: '{"attempts":1e999,"delay":1e999}',
    },
    words: { name: 'd', timestamp: 'yesterday', processedOn: 'x', finishedOn: '-', atm: '-3' },
    empty: { timestamp: '5' },
    progress: {
      name: 'e',
      timestamp: '6',
      progress: '{"percent":50}',
      parent: '[',
      parentKey: '::',
    },
    backwards: { name: 'f', timestamp: '9', processedOn: '8', finishedOn: '7' },
  }
  for (const [id, fields] of Object.entries(odd)) {
    await queue.redis.hset(queue.key(id), fields)
    await queue.redis.zadd(queue.key('failed'), 1, id)
  }
  await queue.redis.zadd(queue.key('failed'), 1, 'nothing')
  await queue.redis.zadd(queue.key('failed'), 1, 'text')
  await queue.redis.set(queue.key('text'), 'not a hash')
  const { jobs } = open()
  const page = jobPageSchema.parse(await jobs.list(queue.list('failed')))
  expect(page.items.map(({ id }) => id).sort()).toEqual(['job-0', ...Object.keys(odd)].sort())
  expect(page.total).toBe(10)
  expect(page.items.find(({ id }) => id === 'progress')?.progress).toBe('{"percent":50}')
  for (const id of Object.keys(odd)) jobDetailSchema.parse(await jobs.get(queue.job(id)))
})

test('an unknown queue is told, one that was never discovered works', async () => {
  const { jobs } = open()
  await expect(jobs.list(queue.list('failed'))).rejects.toMatchObject({ code: 'QUEUE_NOT_FOUND' })
  await expect(jobs.get(queue.job('1'))).rejects.toMatchObject({ code: 'QUEUE_NOT_FOUND' })
  await queue.bullmq().add('first', {})
  expect((await jobs.list(queue.list('waiting'))).items.map(({ name }) => name)).toEqual(['first'])
  await expect(jobs.get(queue.job('404'))).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
})
