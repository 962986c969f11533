import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { FailureGroupDetail, FailureList } from '#shared/contract/failures.ts'
import type { Facets, SearchPage } from '#shared/contract/job-search.ts'
import type { MirrorQueue, MirrorStatus } from '#shared/contract/mirror.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { startTestConsole, type TestConsole } from '#test-support/web-console.ts'

const prefix = `web-mirror-${randomUUID()}`
const base = '/api/environments/test'

let redis: Redis
let running: TestConsole

/** Jobs of several users that failed for one of two reasons, or completed, by a real worker. */
async function work(name: string, count: number): Promise<void> {
  const queue = new Queue(name, { connection: redis, prefix })
  const before = await queue.getJobCountByTypes('completed', 'failed')
  await queue.addBulk(
    Array.from({ length: count }, (_, index) => ({
      name: index % 2 === 0 ? 'send' : 'sync',
      data: { userId: `user-${index % 5}`, secretToken: 'hush', address: `=cmd(${index})` },
    })),
  )
  const worker = new Worker(
    name,
    async (job) => {
      const index = Number(job.id)
      if (index % 3 === 0) throw new Error(`connect ETIMEDOUT 10.0.0.${index}:443`)
      if (index % 3 === 1) throw new TypeError(`order ${index} has no "address${index}"`)
      return { metrics: { cost_usd: index / 100 } }
    },
    { connection: redis.duplicate({ maxRetriesPerRequest: null }), prefix, concurrency: 5 },
  )
  await vi.waitUntil(
    async () => (await queue.getJobCountByTypes('completed', 'failed')) === before + count,
    15_000,
  )
  await worker.close()
  await queue.close()
}

async function get<Body>(path: string, status = 200): Promise<Body> {
  const response = await running.fetch(base + path)
  const body = (await response.json()) as Body
  if (response.status !== status) throw new Error(`${path}: ${JSON.stringify(body)}`)
  return body
}

type Status = MirrorStatus & { queues: MirrorQueue[] }

/** Resolves once all that is in Redis is in the mirror, with its details. */
async function inStep(rows: number): Promise<void> {
  await vi.waitFor(async () => {
    const status = await get<Status>('/mirror')
    expect(status).toMatchObject({ state: 'following', rows, behind: 0, details: null })
    expect(status.syncedAt).not.toBeNull()
  }, 20_000)
}

const send = (method: string, body: unknown = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const search = (query: Record<string, string>) =>
  get<SearchPage>(`/jobs?${new URLSearchParams(query).toString()}`)

const configure = (change: unknown) =>
  running.fetch(`${base}/mirror/settings`, send('PATCH', { change }))
const preview = async (body: unknown) =>
  (await running.fetch(`${base}/mirror/preview`, send('POST', body))).json()

beforeAll(async () => {
  redis = new Redis(redisUrl(), { maxRetriesPerRequest: null })
  await work('mail', 60)
  await work('sync', 30)
  running = await startTestConsole({ url: redisUrl(), prefix })
  await inStep(90)
})
afterAll(async () => {
  await running.close()
  await redis.del(await redis.keys(`${prefix}:*`))
  redis.disconnect()
})

describe('GET …/jobs', () => {
  test('finds jobs of all queues, newest first, with what the answer covers', async () => {
    const { items, total, coverage } = await search({ filter: 'state:failed', limit: '10' })
    expect(items).toHaveLength(10)
    expect(total).toBe(60)
    expect(items.map(({ at }) => at)).toEqual(
      items.map(({ at }) => at).toSorted((one, other) => other - one),
    )
    expect(coverage).toMatchObject({
      state: 'following',
      asOf: expect.any(Number),
      backfilled: 1,
      detailed: 1,
      tooLong: 0,
      payloadText: 'off',
    })
  })

  test('pages by cursor to the last, no row twice', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const from: Record<string, string> = cursor === null ? {} : { cursor }
      const page = await search({
        filter: 'name:send',
        sort: 'name',
        limit: '7',
        ...from,
      })
      seen.push(...page.items.map(({ queue, id }) => `${queue}/${id}`))
      cursor = page.cursor
    } while (cursor !== null)
    expect(seen).toHaveLength(45)
    expect(new Set(seen).size).toBe(45)
  })

  test.each([
    ['user:user-3', 18],
    ['queue:mail user:user-3,user-4 state:failed', 16],
    ['ETIMEDOUT', 30],
    ['"order 1"', 10],
    ['-state:failed cost:>=0.3', 10],
    ['state:active', 0],
  ])('answers %s', async (filter, expected) => {
    expect((await search({ filter })).total).toBe(expected)
  })

  test('refuses a filter that does not hold, and a cursor of another list', async () => {
    expect(await get('/jobs?filter=stat%3Afailed', 400)).toMatchObject({
      code: 'FILTER_INVALID',
      data: { problems: [{ start: 0, end: 11, suggestion: 'state:failed' }] },
    })
    const { cursor } = await search({ limit: '5' })
    const other = new URLSearchParams({ filter: 'name:send', cursor: cursor ?? '' })
    expect(await get(`/jobs?${other.toString()}`, 400)).toMatchObject({ code: 'CURSOR_INVALID' })
  })
})

describe('GET …/jobs/facets', () => {
  test('tells how the found jobs are spread', async () => {
    const { facets, total } = await get<Facets>(
      '/jobs/facets?filter=queue%3Amail&fields=state&fields=name&fields=group',
    )
    expect(total).toBe(60)
    expect(facets[0]).toEqual({
      field: 'state',
      distinct: 2,
      values: [
        { value: 'failed', label: null, count: 40 },
        { value: 'completed', label: null, count: 20 },
      ],
    })
    expect(facets[1]).toMatchObject({ field: 'name', distinct: 2 })
    expect(facets[2]?.values.map(({ count }) => count)).toEqual([20, 20])
  })
})

describe('GET …/jobs/export', () => {
  test('downloads all that is found, safe for a spreadsheet', async () => {
    const response = await running.fetch(
      `${base}/jobs/export?format=csv&filter=state%3Afailed%20queue%3Amail&columns=id&columns=error`,
    )
    expect(response.status).toBe(200)
    expect(response.headers.get('content-disposition')).toMatch(/filename="test-jobs-.*\.csv"/)
    const lines = Buffer.from(await response.arrayBuffer())
      .toString()
      .split('\r\n')
    expect(lines).toHaveLength(42)
    expect(lines.filter((line) => line.includes('""address'))).toHaveLength(20)
  })

  test('as JSON lines has the fields that were extracted', async () => {
    const response = await running.fetch(
      `${base}/jobs/export?format=jsonl&filter=state%3Acompleted&sort=cost`,
    )
    const rows = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(rows).toHaveLength(30)
    expect(rows.at(-1)).toMatchObject({ queue: 'mail', id: '59', cost: 0.59, user: 'user-3' })
  })
})

describe('…/failures', () => {
  test('groups what failed for one reason, whatever the numbers in it', async () => {
    const list = await get<FailureList>('/failures?sort=count')
    expect(list).toMatchObject({ total: 2, failures: 60, counts: { open: 2 } })
    expect(list.groups.map(({ count, failedNow, users }) => [count, failedNow, users])).toEqual([
      [30, 30, 5],
      [30, 30, 5],
    ])
    expect(list.groups.map(({ errorClass }) => errorClass)).toContain('TypeError')
  })

  test('shows one with a sample, and keeps what is noted of it', async () => {
    const { groups } = await get<FailureList>('/failures?filter=etimedout')
    expect(groups).toHaveLength(1)
    const path = `/failures/${groups[0]?.id ?? ''}`
    const detail = await get<FailureGroupDetail>(path)
    expect(detail.allQueues.map(({ queue }) => queue)).toEqual(expect.arrayContaining(['mail']))
    expect(detail.sample).toMatchObject({
      message: expect.stringContaining('ETIMEDOUT'),
      stack: expect.stringContaining('mirror.integration.test.ts'),
    })
    const resolved = await running.fetch(
      base + path,
      send('PATCH', { status: 'resolved', name: 'Network', runbook: 'https://wiki.test/net' }),
    )
    expect(await resolved.json()).toMatchObject({ status: 'resolved', changedBy: 'ada@test' })
    expect(await get('/failures?status=resolved')).toMatchObject({ groups: [{ name: 'Network' }] })
    const odd = await running.fetch(base + path, send('PATCH', { runbook: 'javascript:alert(1)' }))
    expect(odd.status).toBe(400)
  })

  test('merges, searches and unmerges', async () => {
    const { groups } = await get<FailureList>('/failures?status=all')
    const [one, other] = groups.map(({ id }) => id)
    const merge = (how: string) =>
      running.fetch(`${base}/failures/${one ?? ''}/${how}`, send('POST', { groups: [other] }))
    expect(await (await merge('merge')).json()).toMatchObject({ count: 60, merged: [other] })
    expect((await search({ filter: `group:${one ?? ''}` })).total).toBe(60)
    expect(await (await merge('unmerge')).json()).toMatchObject({ count: 30, merged: [] })
    expect((await search({ filter: `group:${one ?? ''}` })).total).toBe(30)
  })

  test('of an unknown group is not found', async () => {
    expect(await get('/failures/0123456789abcdef', 404)).toMatchObject({
      code: 'FAILURE_GROUP_NOT_FOUND',
    })
  })
})

describe('…/mirror', () => {
  test('tells what it holds, queue by queue', async () => {
    const { queues, ...status } = await get<Status>('/mirror')
    expect(status).toMatchObject({ state: 'following', rows: 90, gone: 0, problem: null })
    expect(status.bytes).toBeGreaterThan(0)
    expect(queues.map(({ queue, rows, counts }) => [queue, rows, counts.failed])).toEqual([
      ['mail', 60, 40],
      ['sync', 30, 20],
    ])
  })

  test('is read anew, one queue or all', async () => {
    const one = await running.fetch(`${base}/mirror/rebuild`, send('POST', { queue: 'mail' }))
    expect(one.status).toBe(200)
    await inStep(90)
    const all = await running.fetch(`${base}/mirror/rebuild`, send('POST'))
    expect(all.status).toBe(200)
    await inStep(90)
    const none = await running.fetch(`${base}/mirror/rebuild`, send('POST', { queue: 'nope' }))
    expect(none.status).toBe(404)
  })

  test('follows what happens', async () => {
    await work('sync', 12)
    await inStep(102)
    expect((await search({ filter: 'queue:sync' })).total).toBe(42)
  })

  test('is paused and goes on', async () => {
    const paused = await running.fetch(`${base}/mirror/pause`, send('POST'))
    expect(await paused.json()).toMatchObject({ state: 'paused' })
    const queue = new Queue('mail', { connection: redis, prefix })
    await queue.add('late', {}, { jobId: 'late' })
    expect((await search({ filter: 'name:late' })).coverage.state).toBe('paused')
    await running.fetch(`${base}/mirror/resume`, send('POST'))
    await vi.waitFor(
      async () => expect((await search({ filter: 'name:late' })).total).toBe(1),
      10_000,
    )
    await queue.close()
  })

  test('keeps payload text where it is told to, without what is secret', async () => {
    expect((await configure({ redaction: ['('] })).status).toBe(422)
    expect((await configure({ payloadText: 'all' })).status).toBe(200)
    await vi.waitFor(async () => {
      expect((await search({ filter: '"=cmd(7)"' })).total).toBe(3)
    }, 15_000)
    expect((await search({ filter: 'hush' })).total).toBe(0)
  })

  test('shows what settings would keep of a real job', async () => {
    const mapping = Object.fromEntries(
      [
        'user',
        'brand',
        'provider',
        'model',
        'variant',
        'cost',
        'memory',
        'tokens',
        'duration',
        'checkpoint',
      ].map((field) => [field, field === 'user' ? ['data.userId'] : []]),
    )
    const settings = { mapping, payloadBytes: 4096, redaction: ['token'] }
    expect(await preview({ settings, queue: 'mail', job: '7' })).toMatchObject({
      job: '7',
      extracted: { user: 'user-1', cost: null },
      payload: expect.stringContaining('[redacted]'),
      redacted: 1,
    })
    expect(await preview({ settings, queue: 'mail' })).toMatchObject({ job: expect.any(String) })
    expect(await preview({ settings, queue: 'nope' })).toMatchObject({ code: 'QUEUE_NOT_FOUND' })
    expect(await preview({ settings, queue: 'mail', job: 'x' })).toMatchObject({
      code: 'JOB_NOT_FOUND',
    })
  })
})
