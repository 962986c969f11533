import { Queue, Worker } from 'bullmq'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { profileFor } from '#test-support/profiles.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { startTestConsole, type TestConsole } from '#test-support/web-console.ts'

const others = ['bull:eu', 'app/[1] *%'] as const

let server: TestRedis
let running: TestConsole
let environment: string

async function failOne(prefix: string): Promise<void> {
  const connection = { host: '127.0.0.1', port: server.port, maxRetriesPerRequest: null }
  const queue = new Queue('mail', { connection, prefix })
  await queue.add('send', { under: prefix }, { jobId: 'order-7' })
  const worker = new Worker('mail', () => Promise.reject(new Error('no')), { connection, prefix })
  await once(worker, 'failed')
  await worker.close()
  await queue.close()
}

async function ask<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const response = await running.fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return (await response.json()) as Body
}

const queues = () => `/api/environments/${environment}/queues`
const namesOf = async () => {
  const list = await ask<{ queues: { name: string }[] }>('GET', queues())
  return list.queues.map(({ name }) => name)
}

beforeAll(async () => {
  server = await startTestRedis()
  for (const prefix of ['bull', ...others]) await failOne(prefix)
  running = await startTestConsole(null)
  const profile = profileFor({
    prefixes: ['bull', ...others],
    deployment: { type: 'standalone', host: '127.0.0.1', port: server.port },
  })
  const created = await ask<{ id: string }>('POST', '/api/environments', { profile })
  environment = created.id
})

afterAll(async () => {
  await running.close()
  await server.stop()
})

test('a job is reached, retried and removed under each prefix by the reference of its queue', async () => {
  await vi.waitFor(async () =>
    expect(await namesOf()).toEqual(
      ['mail', ...others.map((prefix) => `${prefix}:mail`)].toSorted(),
    ),
  )
  for (const prefix of others) {
    const job = `${queues()}/${encodeURIComponent(`${prefix}:mail`)}/jobs/order-7`
    expect(await ask('GET', job)).toMatchObject({
      queue: `${prefix}:mail`,
      state: 'failed',
      data: { text: JSON.stringify({ under: prefix }) },
    })
    expect(await ask('POST', `${job}/retry`, {})).toMatchObject({ state: 'waiting' })
    expect(await ask('DELETE', job)).toMatchObject({ state: 'removed' })
  }
  expect(await ask('GET', `${queues()}/mail/jobs/order-7`)).toMatchObject({ state: 'failed' })
  const { items } = await ask<{ items: { queue: string }[] }>(
    'GET',
    `/api/environments/${environment}/audit`,
  )
  expect(new Set(items.map(({ queue }) => queue).filter(Boolean))).toEqual(
    new Set(others.map((prefix) => `${prefix}:mail`)),
  )
})

test('another first prefix changes what queues go by', async () => {
  const profile = { prefixes: ['bull:eu', 'bull'] }
  await ask('PATCH', `/api/environments/${environment}`, { profile })
  await vi.waitFor(async () => expect(await namesOf()).toEqual(['bull:mail', 'mail']))
  const jobs = async (queue: string) =>
    ask<{ total: number }>('GET', `${queues()}/${queue}/jobs?state=failed`)
  expect((await jobs('bull:mail')).total).toBe(1)
  expect((await jobs('mail')).total).toBe(0)
  expect(await jobs('bull:eu:mail')).toMatchObject({ code: 'QUEUE_NOT_FOUND' })
})
