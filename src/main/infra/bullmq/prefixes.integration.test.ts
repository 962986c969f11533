import { FlowProducer, Queue, Worker } from 'bullmq'
import * as v5 from 'bullmq5'
import { Redis } from 'ioredis'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { actor, openDoor } from '#test-support/actions.ts'
import { environment, openReading, until } from '#test-support/reading.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'

/** One is the beginning of another, one is also a queue's name, some are patterns. */
const prefixes = ['bull', 'bull:eu', 'eu', 'app[1]:*', '*'] as const
const references = ['mail', 'bull:eu:mail', 'eu:mail', 'app[1]:*:mail', '*:mail'] as const

let server: TestRedis
let redis: Redis

beforeAll(async () => {
  server = await startTestRedis()
  redis = new Redis(server.url)
})

beforeEach(async () => {
  await redis.flushall()
})

afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

const connection = () => ({ host: '127.0.0.1', port: server.port, maxRetriesPerRequest: null })

function queueUnder(prefix: string, name = 'mail') {
  const queue = new Queue(name, { connection: connection(), prefix })
  onTestFinished(() => queue.close())
  return queue
}

/** Adds the job `7` to the queue and lets a real worker fail it. */
async function failed(prefix: string, library: { Queue: typeof Queue; Worker: typeof Worker }) {
  const queue = new library.Queue('mail', { connection: connection(), prefix })
  const job = await queue.add('send', { under: prefix }, { jobId: 'order-7' })
  await job.log(`log under ${prefix}`)
  const worker = new library.Worker(
    'mail',
    () => {
      throw new Error(`no mail under ${prefix}`)
    },
    { connection: connection(), prefix },
  )
  await once(worker, 'failed')
  await worker.close()
  await queue.close()
}

const version6 = { Queue, Worker }
// BullMQ 5 and 6 have the same shape here.
const version5 = v5 as unknown as typeof version6

/** Everything under these prefixes' queues, byte for byte, but for those of one. */
async function contentBeside(prefix: string) {
  const keys = await redis.keys('*')
  const others = keys.filter((key) => !key.startsWith(`${prefix}:mail:`)).toSorted()
  return Promise.all(others.map(async (key) => [key, await redis.dumpBuffer(key)]))
}

function untilAborted() {
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  return ended.signal
}

test('a scan finds the queues of all prefixes, and of no other', async () => {
  for (const prefix of [...prefixes, 'other', 'bull:us', 'app1:x']) {
    await queueUnder(prefix).add('job', {})
  }
  await queueUnder('bull', 'eu').add('job', {})
  const { queues } = openReading(server.url, { prefixes })
  const list = await queues.list(environment)
  expect(list.queues.map(({ name }) => name)).toEqual([...references, 'eu'].toSorted())
  expect(list.queues.every(({ counts }) => counts.waiting === 1)).toBe(true)
})

test('a queue under another prefix can be added by its reference; what is no reference cannot', async () => {
  await queueUnder('bull:eu').add('job', {})
  await queueUnder('other').add('job', {})
  const { queues } = openReading(server.url, { prefixes })
  expect((await queues.add(environment, 'bull:eu:mail')).name).toBe('bull:eu:mail')
  for (const queue of ['other:mail', 'bull:mail', 'bull:eu:', 'bull:eu:mail:7', ' ']) {
    await expect(queues.add(environment, queue)).rejects.toMatchObject({
      code: 'QUEUE_NAME_INVALID',
    })
  }
  await expect(queues.add(environment, 'eu:mail')).rejects.toMatchObject({
    code: 'QUEUE_NOT_FOUND',
  })
})

test('workers are counted under their own prefix', async () => {
  for (const [index, prefix] of prefixes.entries()) {
    await queueUnder(prefix).add('job', {}, { delay: 3_600_000 })
    for (let count = 0; count < index; count += 1) {
      const worker = new Worker('mail', async () => {}, { connection: connection(), prefix })
      onTestFinished(() => worker.close())
      await worker.waitUntilReady()
    }
  }
  const { queues } = openReading(server.url, { prefixes })
  const { queues: listed } = await until(
    queues.watch(environment, references, untilAborted()),
    ({ queues: found }) => found.length === prefixes.length,
  )
  expect(Object.fromEntries(listed.map(({ name, workers }) => [name, workers]))).toEqual(
    Object.fromEntries(references.map((reference, index) => [reference, index])),
  )
})

test('a job is found, read and followed under each prefix', async () => {
  for (const prefix of prefixes) await failed(prefix, version6)
  const { queues, jobs } = openReading(server.url, { prefixes })
  await queues.list(environment)
  const found = await jobs.find(environment, 'order-7')
  expect(found.map(({ queue }) => queue).toSorted()).toEqual(references.toSorted())
  for (const [index, prefix] of prefixes.entries()) {
    const queue = references[index] ?? ''
    const address = { environment, queue, job: 'order-7' }
    const page = await jobs.list({ environment, queue, state: 'failed', limit: 10 })
    expect(page.items).toMatchObject([{ id: 'order-7', error: `no mail under ${prefix}` }])
    const detail = await jobs.get(address)
    expect(detail).toMatchObject({ queue, state: 'failed' })
    expect(detail.data?.text).toBe(JSON.stringify({ under: prefix }))
    expect((await jobs.raw(address)).key).toBe(`${prefix}:mail:order-7`)
    const logs = await jobs.logs(address, { start: 0, limit: 10 })
    expect(logs.lines).toEqual([`log under ${prefix}`])
  }
})

test.each([
  ['bull', 'mail', 6],
  ['bull:eu', 'bull:eu:mail', 6],
  ['bull:eu', 'bull:eu:mail', 5],
  ['app[1]:*', 'app[1]:*:mail', 5],
  ['*', '*:mail', 6],
] as const)(
  'under %j a job of %j (BullMQ %d) is retried and removed, and no namesake',
  async (prefix, queue, major) => {
    for (const each of prefixes) await failed(each, major === 5 ? version5 : version6)
    const { door, audit } = await openDoor(server.url, { prefixes })
    const before = await contentBeside(prefix)
    const request = { environment, queue, job: 'order-7' }
    expect(await door.preview(request, 'retry')).toMatchObject({ allowed: true, target: 'waiting' })
    expect(await door.retry(actor, { ...request, resetAttempts: true })).toMatchObject({
      state: 'waiting',
    })
    expect(await redis.lrange(`${prefix}:mail:wait`, 0, -1)).toEqual(['order-7'])
    expect(await door.remove(actor, request)).toMatchObject({ state: 'removed' })
    expect(await redis.keys(`${prefix.replaceAll(/[[\]*]/g, '\\$&')}:mail:order-7*`)).toEqual([])
    expect(await contentBeside(prefix)).toEqual(before)
    expect(audit.store.after(0, 10).every((entry) => entry.queue === queue)).toBe(true)
  },
)

test.each(['other:mail', 'bull:mail', 'bull:eu:mail:order-7'])(
  'what lies outside the prefixes, %j, can be neither read nor changed',
  async (queue) => {
    for (const prefix of ['bull', 'bull:eu', 'other']) await failed(prefix, version6)
    const { jobs } = openReading(server.url, { prefixes })
    const { door } = await openDoor(server.url, { prefixes })
    const before = await contentBeside('nothing')
    const address = { environment, queue, job: 'order-7' }
    for (const asked of [
      jobs.get(address),
      jobs.raw(address),
      jobs.logs(address, { start: 0, limit: 1 }),
      jobs.list({ environment, queue, state: 'failed', limit: 1 }),
      door.preview(address, 'remove'),
      door.remove(actor, address),
      door.retry(actor, { ...address, resetAttempts: false }),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'QUEUE_NOT_FOUND', data: { queue } })
    }
    expect(await contentBeside('nothing')).toEqual(before)
  },
)

test('a parent under another prefix goes by its reference, and keeps its child', async () => {
  // A flow alone writes no version.
  await queueUnder('bull').add('job', {})
  const flows = new FlowProducer({ connection: connection(), prefix: 'bull:eu' })
  onTestFinished(() => flows.close())
  await flows.add({
    name: 'parent',
    queueName: 'mail',
    prefix: 'bull:eu',
    opts: { jobId: 'above' },
    children: [
      { name: 'child', queueName: 'mail', prefix: 'bull', opts: { jobId: 'below' } },
      { name: 'twin', queueName: 'mail', prefix: 'bull:eu', opts: { jobId: 'beside' } },
    ],
  })
  const { jobs } = openReading(server.url, { prefixes })
  const parentOf = async (queue: string, job: string) =>
    (await jobs.get({ environment, queue, job })).parent
  const parent = { queue: 'bull:eu:mail', job: 'above' }
  expect(await parentOf('bull:eu:mail', 'beside')).toEqual(parent)
  expect(await parentOf('mail', 'below')).toEqual(parent)
  const { door } = await openDoor(server.url, { prefixes })
  await expect(
    door.remove(actor, { environment, queue: 'mail', job: 'below' }),
  ).rejects.toMatchObject({
    code: 'JOB_PARENT_WAITING',
    data: { parentQueue: 'bull:eu:mail', parent: 'above' },
  })
})
