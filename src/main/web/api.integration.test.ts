import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { redisUrl } from '#test-support/redis-url.ts'
import { startTestConsole, type TestConsole } from '#test-support/web-console.ts'

/** Names that URLs, routers and serializers like to get wrong. */
const names = ['plain', 'two words', 'a/b', '100%', '%2F', 'é?x=1#y', '日本', '+', '[0]', '..', '.']
const prefix = `web-api-${randomUUID()}`
const base = '/api/environments/test/queues'

let redis: Redis
let running: TestConsole

/** Fails one job per given id, with a real worker. */
async function failJobs(queueName: string, ids: readonly string[]): Promise<void> {
  const options = { connection: redis, prefix }
  const queue = new Queue(queueName, options)
  await queue.addBulk(ids.map((jobId) => ({ name: 'send', data: { jobId }, opts: { jobId } })))
  const worker = new Worker(queueName, () => Promise.reject(new Error('the mail server said no')), {
    ...options,
    connection: redis.duplicate({ maxRetriesPerRequest: null }),
  })
  await vi.waitUntil(async () => (await queue.getFailedCount()) === ids.length, 10_000)
  await worker.close()
  await queue.close()
}

beforeAll(async () => {
  redis = new Redis(redisUrl(), { maxRetriesPerRequest: null })
  for (const name of names) await failJobs(name, names)
  running = await startTestConsole({ url: redisUrl(), prefix })
  await vi.waitFor(async () => {
    const response = await running.fetch(base)
    const { queues } = (await response.json()) as { queues: unknown[] }
    if (queues.length < names.length) throw new Error('not all queues are discovered yet')
  }, 10_000)
})
afterAll(async () => {
  await running.close()
  const keys = await redis.keys(`${prefix}:*`)
  await redis.del(keys)
  redis.disconnect()
})

async function json<Body>(path: string, init?: RequestInit): Promise<Body> {
  const response = await running.fetch(path, init)
  expect(response.headers.get('content-type')).toBe('application/json')
  return (await response.json()) as Body
}

/** Sends a path as it is: `fetch` would resolve `%2e%2e` before it leaves. */
async function rawJson<Body>(method: string, path: string): Promise<Body> {
  const answer = await running.raw([
    `${method} ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${running.port}`,
    `Authorization: Bearer ${running.token}`,
    'Connection: close',
  ])
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4)
  const text = /^transfer-encoding: chunked/im.test(answer)
    ? body.replace(/(^|\r\n)[0-9a-f]+\r\n/g, '').replace(/\r\n$/, '')
    : body
  return JSON.parse(Buffer.from(text, 'latin1').toString('utf8')) as Body
}

/** What an event stream said up to the end of its first event with data. */
async function firstEvent(response: Response): Promise<string> {
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.endsWith('\n\n') && text.includes('data: ')) break
  }
  return text
}

const ask = (path: string, accepted: string) =>
  running.fetch(path, { headers: { 'accept-encoding': accepted } })

const encoded = (name: string) => encodeURIComponent(name).replaceAll('.', '%2e')
const withJson = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

interface Page {
  items: { id: string; name: string; state: string; error: string | null }[]
  cursor: string | null
  total: number
}

describe('reading', () => {
  test('lists the environment without its password', async () => {
    const [environment] = await json<Record<string, unknown>[]>('/api/environments')
    expect(environment).toMatchObject({
      id: 'test',
      name: 'Test',
      prefixes: [prefix],
      lock: { state: 'open' },
    })
  })

  test('lists the queues under their names', async () => {
    const { queues } = await json<{ queues: { name: string }[] }>(base)
    expect(queues.map((queue) => queue.name).sort()).toEqual([...names].sort())
  })

  test('pages the failed jobs of a queue by limit and cursor', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page: Page = await json<Page>(`${base}/plain/jobs?state=failed&limit=3${from}`)
      expect(page.items.length).toBeLessThanOrEqual(3)
      expect(page.total).toBe(names.length)
      seen.push(...page.items.map((job) => job.id))
      cursor = page.cursor
    } while (cursor !== null)
    expect(seen.sort()).toEqual([...names].sort())
  })

  test.each(names)('finds every job of a queue called %j', async (queue) => {
    const path = `${base}/${encoded(queue)}/jobs`
    const page = await rawJson<Page>('GET', `${path}?state=failed&limit=50`)
    expect(page.items.map((job) => job.id).sort()).toEqual([...names].sort())
    for (const job of names) {
      const detail = await rawJson<Record<string, unknown>>('GET', `${path}/${encoded(job)}`)
      expect(detail).toMatchObject({ id: job, queue, state: 'failed' })
      expect(detail['data']).toMatchObject({ text: JSON.stringify({ jobId: job }) })
    }
  })

  test('answers empty states and unknown things in their ways', async () => {
    const page = await json<Page>(`${base}/plain/jobs?state=delayed`)
    expect(page).toMatchObject({ items: [], cursor: null, total: 0 })
    const missing = await running.fetch(`${base}/plain/jobs/nope`)
    expect(missing.status).toBe(404)
    expect(await missing.json()).toEqual({
      defined: true,
      code: 'JOB_NOT_FOUND',
      status: 404,
      message: 'No such job',
      data: { queue: 'plain', job: 'nope' },
    })
    expect((await running.fetch('/api/environments/other/queues')).status).toBe(404)
  })

  test.each(['state=lost', 'limit=0', 'limit=201', 'limit=1.5', 'limit=x', 'limit='])(
    'refuses ?%s and says where it is wrong',
    async (query) => {
      const response = await running.fetch(`${base}/plain/jobs?${query}`)
      expect(response.status).toBe(400)
      const path = [query.split('=')[0]]
      expect(await response.json()).toMatchObject({
        code: 'BAD_REQUEST',
        data: { issues: [{ path }] },
      })
    },
  )

  test.each(['fliter=x', 'state=failed&__proto__=x', 'state=failed&Limit=3'])(
    'refuses ?%s, since what is not known would go unheard',
    async (query) => {
      const response = await running.fetch(`${base}/plain/jobs?${query}`)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code: 'BAD_REQUEST' })
    },
  )

  test('refuses a cursor it did not hand out', async () => {
    const response = await running.fetch(`${base}/plain/jobs?cursor=made-up`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'CURSOR_INVALID' })
  })

  test('streams live queues as events until the reader leaves', async () => {
    const stop = new AbortController()
    const response = await running.fetch(`${base}/live`, { signal: stop.signal })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const text = await firstEvent(response)
    const data = /^data: (.*)$/m.exec(text)?.[1] ?? ''
    expect(JSON.parse(data)).toMatchObject({ queues: expect.any(Array) })
    stop.abort()
  })
})

describe('a long answer', () => {
  const page = `${base}/plain/jobs?state=failed`

  test.each(['gzip', 'gzip, deflate, br, zstd', 'br;q=1.0, gzip;q=0.8', 'GZIP'])(
    'is compressed for who accepts %s, and says the same',
    async (accepted) => {
      const compressed = await ask(page, accepted)
      const plain = await ask(page, 'identity')
      expect(compressed.headers.get('content-encoding')).toBe('gzip')
      expect(plain.headers.get('content-encoding')).toBeNull()
      const [few, many] = [compressed, plain].map((response) =>
        Number(response.headers.get('content-length')),
      )
      expect(few).toBeGreaterThan(0)
      expect(many).toBeGreaterThan(2 * (few ?? 0))
      const { readAt: _one, ...said } = (await compressed.json()) as Record<string, unknown>
      const { readAt: _other, ...same } = (await plain.json()) as Record<string, unknown>
      expect(said).toEqual(same)
      expect(said['items']).toHaveLength(names.length)
    },
  )

  test.each(['', 'br', 'gzip;q=0', 'identity, gzip;q=0.0', 'nogzip', 'x-gzip-not'])(
    'is sent as it is to who accepts %j',
    async (accepted) => {
      const response = await ask(page, accepted)
      expect(response.headers.get('content-encoding')).toBeNull()
      expect(response.headers.get('vary')).toBe('Accept-Encoding')
      expect(((await response.json()) as Page).items).toHaveLength(names.length)
    },
  )

  test('is compressed in the document too', async () => {
    const response = await ask('/api/openapi.json', 'gzip')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(await response.json()).toHaveProperty('openapi')
  })

  test('is the only one compressed: neither short ones nor streams are', async () => {
    const short = await ask('/api/settings', 'gzip')
    expect(short.headers.get('content-encoding')).toBeNull()
    const stop = new AbortController()
    const stream = await running.fetch(`${base}/live`, {
      headers: { 'accept-encoding': 'gzip' },
      signal: stop.signal,
    })
    expect(stream.headers.get('content-encoding')).toBeNull()
    expect(await firstEvent(stream)).toContain('event: message')
    stop.abort()
  })
})

describe('a stream', () => {
  test.each([
    ['/api/environments/other/health/live', 'ENVIRONMENT_NOT_FOUND'],
    ['/api/environments/other/queues/live', 'ENVIRONMENT_NOT_FOUND'],
    [`${base}/nope/live`, 'QUEUE_NOT_FOUND'],
    [`${base}/plain/jobs/nope/logs/live?start=0`, 'JOB_NOT_FOUND'],
  ])('of what is not there (%s) is refused with its status and code', async (path, code) => {
    const response = await running.fetch(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ defined: true, status: 404, code })
  })

  test.each([
    'queues/live?visible=plain',
    'queues/live?visible=plain&visible=%2B',
    'queues/live?visible[0]=plain&visible[1]=%2B',
    'queues/live?visible[]=plain',
    'queues/plain/live?also=plain&state=completed',
  ])('is opened by %s', async (path) => {
    const stop = new AbortController()
    const response = await running.fetch(`/api/environments/test/${path}`, { signal: stop.signal })
    expect(response.status).toBe(200)
    expect(await firstEvent(response)).toContain('event: message')
    stop.abort()
  })

  test('takes one value where one is wanted', async () => {
    const response = await running.fetch(`${base}/plain/live?state=failed&state=completed`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ data: { issues: [{ path: ['state'] }] } })
  })
})

describe('acting', () => {
  test('retries a job, and the audit says who came by HTTP', async () => {
    const outcome = await json<{ state: string }>(
      `${base}/two%20words/jobs/a%2Fb/retry`,
      withJson('POST', { expectedState: 'failed', reason: 'mail works again' }),
    )
    expect(outcome).toMatchObject({ job: 'a/b', state: 'waiting' })
    const audit = await json<{ items: Record<string, unknown>[] }>(
      '/api/environments/test/audit?limit=1',
    )
    expect(audit.items[0]).toMatchObject({
      action: 'jobs.retry',
      queue: 'two words',
      job: 'a/b',
      operator: 'ada@test',
      via: 'http',
      reason: 'mail works again',
      outcome: { result: 'ok' },
    })
  })

  test('deletes a job called .. of a queue called .. and nothing else', async () => {
    const outcome = await rawJson('DELETE', `${base}/%2e%2e/jobs/%2e%2e`)
    expect(outcome).toMatchObject({ job: '..', state: 'removed' })
    const page = await rawJson<Page>('GET', `${base}/%2e%2e/jobs?state=failed`)
    expect(page.items.map((job) => job.id).sort()).toEqual(
      names.filter((name) => name !== '..').sort(),
    )
  })

  test('acts on the job of the path, and on none when the body or query names another', async () => {
    const other = withJson('DELETE', { job: '+', queue: 'a/b' })
    expect((await running.fetch(`${base}/plain/jobs/plain`, other)).status).toBe(400)
    expect(
      (await running.fetch(`${base}/plain/jobs/plain?job=%2B`, { method: 'DELETE' })).status,
    ).toBe(400)
    const outcome = await json(`${base}/plain/jobs/plain`, withJson('DELETE', { job: 'plain' }))
    expect(outcome).toMatchObject({ job: 'plain', state: 'removed' })
    expect((await running.fetch(`${base}/plain/jobs/%2B?job=plain`)).status).toBe(200)
    expect((await running.fetch(`${base}/a%2Fb/jobs/%2B`)).status).toBe(200)
  })

  test('refuses when the job has moved', async () => {
    const response = await running.fetch(
      `${base}/plain/jobs/a%2Fb/retry`,
      withJson('POST', { expectedState: 'completed' }),
    )
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({
      code: 'JOB_STATE_CHANGED',
      data: { expected: 'completed', actual: 'failed' },
    })
  })

  test('refuses everything where the environment is read-only', async () => {
    const other = await startTestConsole({ url: redisUrl(), prefix, readOnly: true })
    try {
      const response = await other.fetch(`${base}/plain/jobs/a%2Fb`, { method: 'DELETE' })
      expect(response.status).toBe(423)
      expect(await response.json()).toMatchObject({ code: 'ENVIRONMENT_READ_ONLY' })
    } finally {
      await other.close()
    }
    expect((await running.fetch(`${base}/plain/jobs/a%2Fb`)).status).toBe(200)
  })
})
