import { Queue, Worker, type Job } from 'bullmq'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { JobState } from '#shared/domain/job-state.ts'
import type { RedisLink } from '#infra/redis/link.ts'
import { linkTo } from '#test-support/link.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { BullmqJobReader } from './job-reader.ts'

const name = `rows-${randomUUID()}`
let redis: Redis
let queue: Queue
let link: RedisLink
let reader: BullmqJobReader
const sent: (readonly unknown[])[] = []

/** What the processor of each job does. */
const work: Record<string, (job: Job) => Promise<unknown>> = {
  fails: async (job) => {
    await job.updateProgress(40)
    throw new Error('first line\nsecond line')
  },
  'fails at length': async () => {
    throw new Error('x'.repeat(40_000))
  },
  'succeeds with an object': async (job) => job.updateProgress({ step: 'upload' }),
}

beforeAll(async () => {
  redis = new Redis(redisUrl(), { maxRetriesPerRequest: null })
  queue = new Queue(name, { connection: redis })
  link = linkTo(redisUrl(), { environment: 'test' })
  reader = new BullmqJobReader(
    {
      environment: 'test',
      consoleError: (error) => link.consoleError(error),
      pipeline(commands) {
        sent.push(...commands)
        return link.pipeline(commands)
      },
    },
    ['bull'],
  )
  await vi.waitUntil(() => link.health().state === 'ready')
  const worker = new Worker(name, async (job) => work[job.name]?.(job), {
    connection: redis.duplicate(),
  })
  const finished = new Promise<void>((resolve) => {
    let left = Object.keys(work).length
    const count = () => {
      left -= 1
      if (left === 0) resolve()
    }
    worker.on('failed', count).on('completed', count)
  })
  for (const job of Object.keys(work)) await queue.add(job, { payload: 'p'.repeat(1000) })
  await finished
  await worker.close()
})

afterAll(async () => {
  await queue.obliterate({ force: true })
  await queue.close()
  redis.disconnect()
  await link.close()
})

async function rowsIn(state: JobState) {
  const page = await reader.page({ queue: name, state, limit: 50, after: null })
  return reader.rows(name, state, page?.entries ?? [])
}

test('rows say of failed and completed jobs what BullMQ says', async () => {
  for (const state of ['failed', 'completed'] as const) {
    for (const row of await rowsIn(state)) {
      const job = await queue.getJob(row.id)
      expect(row).toMatchObject({
        name: job?.name,
        state,
        addedAt: job?.timestamp,
        startedAt: job?.processedOn,
        finishedAt: job?.finishedOn,
        duration: (job?.finishedOn ?? 0) - (job?.processedOn ?? 0),
        attemptsMade: 1,
      })
    }
  }
})

test('of an error a row has the first line, of progress the number or the text', async () => {
  const rows = [...(await rowsIn('failed')), ...(await rowsIn('completed'))]
  const texts = Object.fromEntries(rows.map((row) => [row.name, [row.error, row.progress]]))
  expect(texts).toEqual({
    fails: ['first line', 40],
    'fails at length': ['… (39 KB)', null],
    'succeeds with an object': [null, '{"step":"upload"}'],
  })
})

test('a list fetches no payload, no result, no stack and no long text', async () => {
  sent.length = 0
  const long = (await rowsIn('failed')).find((row) => row.name === 'fails at length')
  const read = sent.filter(([command]) => command === 'hmget')
  const fields = new Set(read.flatMap(([, , ...names]) => names))
  for (const field of ['data', 'returnvalue', 'stacktrace']) expect(fields).not.toContain(field)
  const ofLong = read.find(([, key]) => key === `bull:${name}:${long?.id ?? ''}`)
  expect(ofLong).not.toContain('failedReason')
})

test('a job that was removed between page and rows is left out', async () => {
  const page = await reader.page({ queue: name, state: 'failed', limit: 50, after: null })
  const entries = [...(page?.entries ?? []), { id: 'gone', score: '1795159363536' }]
  const rows = await reader.rows(name, 'failed', entries)
  expect(rows.map(({ id }) => id)).toEqual(page?.entries.map(({ id }) => id))
})

test('attempts as counted before BullMQ 5, and a parent whose id holds colons, are found too', async () => {
  const old = `bull:${name}:old`
  await redis.hset(old, { name: 'old', data: '{}', timestamp: 1, attemptsMade: 3, finishedOn: 9 })
  const parent = JSON.stringify({ id: 'repeat:a:1', queueKey: 'bull:parents' })
  await redis.hset(old, { parentKey: 'bull:parents:repeat:a:1', parent })
  const [row] = await reader.rows(name, 'completed', [{ id: 'old', score: '9' }])
  await redis.del(old)
  expect(row).toMatchObject({
    attemptsMade: 3,
    finishedAt: 9,
    parent: { queue: 'parents', job: 'repeat:a:1' },
  })
})

test('of names, options and identifiers of a megabyte only the size is asked', async () => {
  const key = `bull:${name}:large`
  const long = 'x'.repeat(1024 * 1024)
  const fields = { timestamp: 5, atm: 2, processedOn: 6, parentKey: long, rjk: long }
  await redis.hset(key, { ...fields, name: long, opts: `{"attempts":9,"x":"${long}"}` })
  sent.length = 0
  const [row] = await reader.rows(name, 'failed', [{ id: 'large', score: '9' }])
  await redis.del(key)
  expect(row).toMatchObject({
    name: '… (1024 KB)',
    addedAt: 5,
    startedAt: 6,
    finishedAt: 9,
    attemptsMade: 2,
    attemptsAllowed: 1,
    scheduler: null,
    parent: null,
  })
  const fetched = sent.filter(([command]) => command !== 'hstrlen').flat()
  for (const field of ['name', 'opts', 'parentKey', 'rjk']) expect(fetched).not.toContain(field)
})

test('a hash of very many small fields counts as large', async () => {
  const key = `bull:${name}:wide`
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`f${index}`, 1]))
  await redis.hset(key, { ...many, timestamp: 5, name: 'x'.repeat(1024 * 1024) })
  const [row] = await reader.rows(name, 'failed', [{ id: 'wide', score: '9' }])
  await redis.del(key)
  expect(row).toMatchObject({ name: '… (1024 KB)', addedAt: 5 })
})

test('where Redis does not tell what a hash takes, its texts are asked for by size', async () => {
  const expected = await rowsIn('failed')
  for (const reply of [new Error("ERR unknown command 'memory'"), new Error('NOPERM no memory')]) {
    const old = new BullmqJobReader(
      {
        environment: 'test',
        consoleError: (error) => link.consoleError(error),
        async pipeline(commands) {
          const replies = await link.pipeline(commands)
          return replies.map((value, index) => (commands[index]?.[0] === 'memory' ? reply : value))
        },
      },
      ['bull'],
    )
    const page = await old.page({ queue: name, state: 'failed', limit: 50, after: null })
    expect(await old.rows(name, 'failed', page?.entries ?? [])).toEqual(expected)
  }
})
