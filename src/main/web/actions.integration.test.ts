import type { AnyContractProcedure } from '@orpc/contract'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ZodObject } from 'zod'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { snapshotOfRedis } from '#test-support/snapshot-of-redis.ts'
import { profileFor } from '#test-support/profiles.ts'
import { clientOver, startTestConsole, type TestConsole } from '#test-support/web-console.ts'
import { contract } from '#shared/contract/index.ts'
import { defaultMirrorSettings } from '#shared/contract/mirror.ts'
import type { ProcedureMeta } from '#shared/contract/base.ts'

interface Procedure {
  name: string
  method: string
  path: string
  action: boolean
  /** Fields of the input that the path does not name. */
  fields: string[]
}

/** Every procedure that is not a plain reading, as the contract has them. */
const procedures = Object.entries<Record<string, AnyContractProcedure>>(contract)
  .flatMap(([capability, group]) =>
    Object.entries(group).map(([name, { '~orpc': defined }]): Procedure => {
      const { method = '', path = '' } = defined.route
      const input = defined.inputSchema as ZodObject | undefined
      return {
        name: `${capability}.${name}`,
        method,
        path,
        action: (defined.meta as ProcedureMeta).action === true,
        fields: Object.keys(input?.shape ?? {}).filter((field) => !path.includes(`{${field}}`)),
      }
    }),
  )
  .filter(({ method }) => method !== 'GET')
const actions = procedures.filter(({ action }) => action)
const others = procedures.filter(({ action }) => !action)

let server: TestRedis
let redis: Redis
let writable: TestConsole
/** Consoles in which nothing may be changed, and the code of their refusal. */
const shut = [
  ['view only', 'ENVIRONMENT_READ_ONLY', { readOnly: true }],
  ['locked', 'ENVIRONMENT_LOCKED', { kind: 'production' }],
  ['view only in production', 'ENVIRONMENT_READ_ONLY', { kind: 'production', readOnly: true }],
] as const
const shutConsoles = new Map<string, TestConsole>()

beforeAll(async () => {
  server = await startTestRedis()
  redis = new Redis(server.url, { maxRetriesPerRequest: null })
  writable = await startTestConsole({ url: server.url })
  for (const [name, , environment] of shut) {
    shutConsoles.set(name, await startTestConsole({ url: server.url, ...environment }))
  }
})
afterAll(async () => {
  await writable.close()
  for (const console of shutConsoles.values()) await console.close()
  redis.disconnect()
  await server.stop()
})

/** Puts one failed job with an id into the queue `mail`. */
async function failJob(jobId: string): Promise<void> {
  const queue = new Queue('mail', { connection: redis })
  await queue.add('send', {}, { jobId })
  const worker = new Worker('mail', () => Promise.reject(new Error('no')), {
    connection: redis.duplicate(),
  })
  const job = await queue.getJob(jobId)
  await vi.waitUntil(() => job?.isFailed(), 10_000)
  await worker.close()
  await queue.close()
  // A worker's check for stalled jobs leaves a key that expires by itself.
  await redis.del('bull:mail:stalled-check')
}

const known: Record<string, unknown> = { environment: 'test', queue: 'mail', language: 'fr' }

/** Calls a procedure as a program would, with every field it needs and `extra`. */
function call(
  console: TestConsole,
  { method, path, fields }: Procedure,
  job: string,
  { query = '', extra = {} }: { query?: string; extra?: Record<string, unknown> } = {},
): Promise<Response> {
  const values: Record<string, unknown> = { ...known, job }
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
  const given = fields.filter((field) => field in values).map((field) => [field, values[field]])
  return console.fetch(`/api${filled}${query}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...Object.fromEntries(given), ...extra }),
  })
}

type Client = Record<string, Record<string, (input: object) => Promise<unknown>>>

function consoleThatIs(name: (typeof shut)[number][0]): TestConsole {
  const console = shutConsoles.get(name)
  if (console === undefined) throw new Error(`no console is ${name}`)
  return console
}

function post(console: TestConsole, path: string, body: object): Promise<Response> {
  return console.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** What the audit has of a job, newest first. */
async function recorded(console: TestConsole, job: string): Promise<unknown[]> {
  const response = await console.fetch(`/api/environments/test/audit?job=${job}`)
  const { items } = (await response.json()) as {
    items: { kind: string; action: string; result: string | null }[]
  }
  return items.map(({ kind, action, result }) => [kind, action, result])
}

test('the contract has actions and other changes', () => {
  expect(actions.length).toBeGreaterThanOrEqual(2)
  expect(others.length).toBeGreaterThanOrEqual(3)
})

describe.each(actions)('$name', (action) => {
  const job = `of-${action.name}`

  test.each(shut)('is refused where the environment is %s, on record: %s', async (name, code) => {
    const console = consoleThatIs(name)
    await failJob(job)
    const before = await snapshotOfRedis(redis)
    const response = await call(console, action, job)
    expect(response.status).toBe(423)
    expect(await response.json()).toMatchObject({ code })
    expect(await snapshotOfRedis(redis)).toEqual(before)
    expect(await recorded(console, job)).toEqual([['refusal', action.name, code]])
  })

  test('is refused over the socket too while the environment is locked', async () => {
    const [capability = '', name = ''] = action.name.split('.')
    const client = clientOver(consoleThatIs('locked').socket()) as unknown as Client
    const before = await snapshotOfRedis(redis)
    await expect(
      client[capability]?.[name]?.({ ...known, job, language: undefined }),
    ).rejects.toMatchObject({
      code: 'ENVIRONMENT_LOCKED',
    })
    expect(await snapshotOfRedis(redis)).toEqual(before)
  })

  test('is done once unlocked, and refused again once locked', async () => {
    const console = consoleThatIs('locked')
    const unlocking = { name: 'Test', reason: 'a stuck import', minutes: 5 }
    const unlocked = await post(console, '/api/environments/test/unlock', unlocking)
    expect(await unlocked.json()).toMatchObject({ state: 'unlocked' })
    await failJob(`unlocked-${job}`)
    expect((await call(console, action, `unlocked-${job}`)).status).toBe(200)
    await post(console, '/api/environments/test/lock', {})
    await failJob(`locked-${job}`)
    expect((await call(console, action, `locked-${job}`)).status).toBe(423)
  })

  test.each<[string, { query?: string; extra?: Record<string, unknown> }]>([
    ['a misspelt field', { extra: { expectedStat: 'completed' } }],
    ['a field that means nothing', { extra: { force: true } }],
    ['a misspelt parameter', { query: '?expectedStat=completed' }],
    ['a parameter without a name', { query: '?=completed' }],
    ['an empty parameter', { query: '?expectedState=' }],
    ['a parameter twice', { query: '?expectedState=failed&expectedState=completed' }],
    [
      'a parameter and a field',
      { query: '?expectedState=failed', extra: { expectedState: 'completed' } },
    ],
    ['another job in the body', { extra: { job: 'another' } }],
    ['another job in the query', { query: '?job=another' }],
  ])('refuses %s, and changes nothing', async (_, given) => {
    const before = await snapshotOfRedis(redis)
    const response = await call(writable, action, job, given)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await snapshotOfRedis(redis)).toEqual(before)
  })

  test('keeps to the state the caller expects', async () => {
    const response = await call(writable, action, job, { extra: { expectedState: 'completed' } })
    expect(response.status).toBe(409)
    expect(await recorded(writable, job)).toEqual([['refusal', action.name, 'JOB_STATE_CHANGED']])
  })

  test('writes an intent before it changes Redis', async () => {
    const before = await snapshotOfRedis(redis)
    expect((await call(writable, action, job)).status).toBe(200)
    expect(await snapshotOfRedis(redis)).not.toEqual(before)
    expect((await recorded(writable, job))[0]).toEqual(['intent', action.name, null])
  })
})

/** Inputs beyond `known`, and the statuses that are right for an environment of the command line. */
const inputs: Record<string, { extra?: () => Record<string, unknown>; status?: number }> = {
  'environments.create': { extra: () => ({ profile: profileOfServer() }), status: 201 },
  'environments.update': { extra: () => ({ profile: { folder: 'Europe' } }), status: 409 },
  'environments.remove': { status: 409 },
  'environments.order': { extra: () => ({ environments: [] }) },
  'environments.testProfile': {
    extra: () => ({ profile: profileOfServer(), environment: undefined }),
  },
  'environments.unlock': { extra: () => ({ name: 'Test', reason: 'to see', minutes: 5 }) },
  'environments.export': { extra: () => ({ environments: undefined }) },
  'environments.import': { extra: () => ({ document: '{}' }), status: 422 },
  'failures.update': { extra: () => ({ status: 'muted' }), status: 404 },
  'failures.merge': { extra: () => ({ groups: ['another'] }), status: 404 },
  'failures.unmerge': { extra: () => ({ groups: ['another'] }), status: 404 },
  'mirror.configure': { extra: () => ({ change: { payloadText: 'all' } }) },
  'mirror.preview': { extra: () => ({ settings: previewed, job: undefined }) },
  'mirror.rebuild': { extra: () => ({ queue: undefined }) },
  'views.create': { extra: () => ({ name: 'Mine', filter: 'state:failed' }) },
  'views.update': { extra: () => ({ filter: 'state:active' }), status: 404 },
  'views.remove': { status: 404 },
}

const { mapping, payloadBytes, redaction } = defaultMirrorSettings
const previewed = { mapping, payloadBytes, redaction }

function profileOfServer() {
  const deployment = { type: 'standalone' as const, host: '127.0.0.1', port: server.port }
  return profileFor({ name: 'Another', deployment })
}

describe.each(others)('$name', (procedure) => {
  test('changes nothing in Redis', async () => {
    await failJob(`beside-${procedure.name}`)
    const before = await snapshotOfRedis(redis)
    const { extra, status = 200 } = inputs[procedure.name] ?? {}
    const response = await call(writable, procedure, '', { extra: extra?.() ?? {} })
    expect([response.status, await response.text()]).toEqual([status, expect.anything()])
    await post(writable, '/api/environments/test/connect', {})
    await vi.waitFor(async () => {
      const queues = await writable.fetch('/api/environments/test/queues')
      expect(await queues.json()).toMatchObject({ discovery: { state: 'idle' } })
    })
    expect(await snapshotOfRedis(redis)).toEqual(before)
  })
})

test('a second way to a locked environment is opened by its name alone', async () => {
  const console = consoleThatIs('locked')
  const add = (extra: object) =>
    post(console, '/api/environments', { profile: profileOfServer(), ...extra })
  for (const extra of [{}, { confirmation: 'Another' }]) {
    const refused = await add(extra)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      code: 'CONFIRMATION_NEEDED',
      data: { environment: 'test' },
    })
  }
  const environment = await console.fetch('/api/environments/test')
  const { name } = (await environment.json()) as { name: string }
  const added = await add({ confirmation: name })
  expect(added.status).toBe(201)
  const { id } = (await added.json()) as { id: string }
  const query = 'confirmation=Another&leaveSecrets=true'
  const removed = await console.fetch(`/api/environments/${id}?${query}`, { method: 'DELETE' })
  expect([removed.status, await removed.text()]).toEqual([200, expect.anything()])
})

describe('DELETE', () => {
  const path = '/api/environments/test/queues/mail/jobs/gone'

  test('takes its parameters from the query', async () => {
    await failJob('gone')
    const moved = await writable.fetch(`${path}?expectedState=completed`, { method: 'DELETE' })
    expect(moved.status).toBe(409)
    expect(await redis.exists('bull:mail:gone')).toBe(1)
    const done = await writable.fetch(`${path}?expectedState=failed&reason=test%20data`, {
      method: 'DELETE',
    })
    expect(done.status).toBe(200)
    const audit = await writable.fetch('/api/environments/test/audit?job=gone&limit=1')
    expect(await audit.json()).toMatchObject({ items: [{ kind: 'intent', reason: 'test data' }] })
  })
})
