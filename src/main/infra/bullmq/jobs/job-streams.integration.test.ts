import { EventEmitter, once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { followLogs } from '#core/jobs/follow-logs.ts'
import type { LogPage } from '#shared/contract/jobs.ts'
import { openReading } from '#test-support/reading.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { spiedReader } from '#test-support/spied-reader.ts'
import { useQueue } from '#test-support/use-queue.ts'

const queue = useQueue()
const open = () => openReading(redisUrl())

const ids = (rows: { id: string }[] | undefined) => rows?.map(({ id }) => id)

test('followed logs bring each line once while the job is active, then end', async () => {
  const bullmq = queue.bullmq()
  const added = await bullmq.add('job', {})
  const finished = new EventEmitter()
  const worker = queue.worker(async (running) => {
    await running.log('first')
    await once(finished, 'say')
    await running.log('second')
    await once(finished, 'end')
    await running.log('last')
  })
  await once(worker, 'active')
  await expect.poll(() => queue.redis.llen(queue.key(`${added.id}:logs`))).toBe(1)
  const { jobs } = open()
  const seen: string[] = []
  const following = (async () => {
    for await (const page of jobs.followLogs(
      queue.job(added.id ?? ''),
      0,
      new AbortController().signal,
    )) {
      seen.push(...page.lines)
      if (seen.length === 1) finished.emit('say')
      if (seen.length === 2) finished.emit('end')
    }
  })()
  await following
  expect(seen).toEqual(['first', 'second', 'last'])
})

/** An active job, and its log from `start` on as it is followed until the job is no longer active. */
async function followed(lines: readonly string[], start: number) {
  await queue.failed(1)
  const log = queue.key('job-0:logs')
  if (lines.length > 0) await queue.redis.rpush(log, ...lines)
  await queue.redis.lpush(queue.key('active'), 'job-0')
  const { reader, sent } = spiedReader()
  const pages: LogPage[] = []
  const ended = (async () => {
    const address = { queue: queue.name, job: 'job-0' }
    const { signal } = new AbortController()
    for await (const page of followLogs(reader, address, start, signal)) pages.push(page)
  })()
  return {
    pages,
    /** Its lines were read once. */
    begun: () => expect.poll(() => sent.map(([command]) => command)).toContain('lrangeBuffer'),
    lines: () => pages.flatMap((page) => page.lines),
    /** As a worker's `log` with `keepLogs` does it. */
    async write(keep: number, ...added: string[]) {
      await queue.redis
        .multi()
        .rpush(log, ...added)
        .ltrim(log, -keep, -1)
        .exec()
    },
    async end() {
      await queue.redis.lrem(queue.key('active'), 1, 'job-0')
      await ended
    },
  }
}

const span = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `l${from + index}`)

test('of a log that keeps only its last lines, the following brings all of them, numbered on', async () => {
  const log = await followed(span(0, 4), 0)
  await expect.poll(log.lines).toEqual(span(0, 4))
  await log.write(4, ...span(4, 6))
  await expect.poll(log.lines, { timeout: 5000 }).toEqual(span(0, 6))
  await log.write(4, 'l6')
  await expect.poll(log.lines, { timeout: 5000 }).toEqual(span(0, 7))
  await log.end()
  expect(log.pages).toEqual([
    { start: 0, lines: span(0, 4), total: 4 },
    { start: 4, lines: ['l4', 'l5'], total: 6 },
    { start: 6, lines: ['l6'], total: 7 },
  ])
})

test('lines written before the following began are not repeated when the log is trimmed', async () => {
  const log = await followed(span(0, 4), 4)
  await log.begun()
  await log.write(4, 'l4')
  await expect.poll(log.lines, { timeout: 5000 }).toEqual(['l4'])
  await log.end()
  expect(log.pages).toEqual([{ start: 4, lines: ['l4'], total: 5 }])
})

test('where a log lost lines between two looks, the following leaves a hole in the numbers', async () => {
  const log = await followed(span(0, 4), 0)
  await expect.poll(log.lines).toEqual(span(0, 4))
  await log.write(4, ...span(4, 20))
  await expect.poll(log.lines, { timeout: 5000 }).toEqual([...span(0, 4), ...span(16, 20)])
  await log.end()
  expect(log.pages[1]?.start).toBeGreaterThan(4)
})

test('a log that was cleared begins again', async () => {
  const log = await followed(span(0, 4), 0)
  await expect.poll(log.lines).toEqual(span(0, 4))
  await queue.redis.del(queue.key('job-0:logs'))
  await log.write(4, 'new')
  await expect.poll(log.lines, { timeout: 5000 }).toEqual([...span(0, 4), 'new'])
  await log.write(4, 'newer')
  await expect.poll(log.lines, { timeout: 5000 }).toEqual([...span(0, 4), 'new', 'newer'])
  await log.end()
  expect(log.pages.slice(1)).toEqual([
    { start: 0, lines: ['new'], total: 1 },
    { start: 1, lines: ['newer'], total: 2 },
  ])
})

test('lines too large for one page are followed one page after the other', async () => {
  const large = Array.from({ length: 12 }, (_, index) => `${index} ${'x'.repeat(4_000_000)}`)
  const log = await followed(large, 0)
  const numbers = () => log.lines().map((line) => Number.parseInt(line, 10))
  await expect.poll(numbers, { timeout: 10_000 }).toEqual(Array.from(large.keys()))
  await log.end()
})

test('following the logs of a job that is not there is an error', async () => {
  await queue.failed(1)
  const { jobs } = open()
  await expect(
    jobs.followLogs(queue.job('404'), 0, new AbortController().signal).next(),
  ).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
})

test('a watched list tells only what changed: new rows, those gone, counts, pausing', async () => {
  await queue.failed(3)
  const { jobs } = open()
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  const updates = jobs.watch({ ...queue.list('failed', 1), also: ['job-0', 'job-1'] }, ended.signal)
  const next = async () => (await updates.next()).value

  const first = await next()
  expect(ids(first?.page.items)).toEqual(['job-2'])
  expect(ids(first?.rows)).toEqual(['job-0', 'job-1'])
  expect(first).toMatchObject({ gone: [], paused: false, counts: { failed: 3, waiting: 0 } })

  const pending = next()
  await queue.redis.zrem(queue.key('failed'), 'job-0')
  expect(await pending).toMatchObject({ gone: ['job-0'], counts: { failed: 2 } })

  const paused = next()
  await queue.redis.hset(queue.key('meta'), 'paused', 1)
  expect(await paused).toMatchObject({ paused: true })

  const silent = next()
  const quiet = new Promise((resolve) => setTimeout(() => resolve('quiet'), 2500))
  expect(await Promise.race([silent, quiet])).toBe('quiet')
  ended.abort()
  expect(await silent).toBeUndefined()
}, 20_000)

test('rows on screen that left the line are told: taken, put off, finished', async () => {
  const bullmq = queue.bullmq()
  for (const id of ['stays', 'taken', 'postponed', 'done', 'removed']) {
    await bullmq.add('job', {}, { jobId: id })
  }
  await queue.redis.set(queue.key('taken:lock'), 'token')
  await queue.redis.lrem(queue.key('wait'), 1, 'postponed')
  await queue.redis.zadd(queue.key('delayed'), 4096, 'postponed')
  await queue.redis.hset(queue.key('done'), 'finishedOn', 5)
  await queue.redis.del(queue.key('removed'))
  await bullmq.add('job', {}, { jobId: 'newest' })
  const { jobs } = open()
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  const also = ['stays', 'taken', 'postponed', 'done', 'removed']
  const { value } = await jobs.watch({ ...queue.list('waiting', 1), also }, ended.signal).next()
  expect(value?.page.items.map(({ id }) => id)).toEqual(['newest'])
  expect(value?.rows.map(({ id }) => id)).toEqual(['stays'])
  expect(value?.gone).toEqual(['taken', 'postponed', 'done', 'removed'])
})
