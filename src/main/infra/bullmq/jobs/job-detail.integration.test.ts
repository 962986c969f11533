import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { environment, openReading } from '#test-support/reading.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { spiedReader } from '#test-support/spied-reader.ts'
import { useQueue } from '#test-support/use-queue.ts'
import { jobDetailSchema } from '#shared/contract/jobs.ts'
import { jobStates } from '#shared/domain/job-state.ts'

const queue = useQueue()
const open = () => openReading(redisUrl())

test('keys of the queue itself are no jobs', async () => {
  await queue.bullmq().add('first', {})
  const { jobs, queues } = open()
  await queues.add(environment, queue.name)
  for (const id of ['meta', 'id', 'wait', 'events']) {
    await expect(jobs.get(queue.job(id))).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    await expect(jobs.value(queue.job(id), 'data')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    await expect(jobs.raw(queue.job(id))).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' })
    await expect(jobs.logs(queue.job(id), { start: 0, limit: 9 })).rejects.toMatchObject({
      code: 'JOB_NOT_FOUND',
    })
    const found = await jobs.find(environment, id)
    expect(found.filter((row) => row.queue === queue.name)).toEqual([])
  }
})

test('a job is found by its id in every queue that has it, with its state', async () => {
  const bullmq = queue.bullmq()
  const id = randomUUID()
  await bullmq.add('here', {}, { jobId: id, delay: 900_000 })
  const other = queue.bullmq('-other')
  await other.add('there', {}, { jobId: id })
  const { jobs, queues } = open()
  await queues.add(environment, queue.name)
  await queues.add(environment, other.name)
  const found = await jobs.find(environment, id)
  const places = found.map(({ queue, name, state }) => `${queue} ${name} ${state}`)
  expect(places.sort()).toEqual([`${queue.name} here delayed`, `${other.name} there waiting`])
})

test('every state of a job is recognised', async () => {
  await queue.failed(1)
  const hash = { name: 'x', timestamp: '1' }
  for (const state of jobStates) await queue.redis.hset(queue.key(`in-${state}`), hash)
  await queue.redis.hset(queue.key('in-paused'), hash)
  await queue.redis.hset(queue.key('nowhere'), hash)
  await queue.redis.lpush(queue.key('active'), 'in-active')
  await queue.redis.set(queue.key('in-active:lock'), 'token')
  await queue.redis.lpush(queue.key('wait'), 'in-waiting')
  await queue.redis.lpush(queue.key('paused'), 'in-paused')
  for (const state of ['prioritized', 'delayed', 'waiting-children', 'failed', 'completed']) {
    await queue.redis.zadd(queue.key(state), 4096, `in-${state}`)
  }
  const { jobs } = open()
  for (const state of jobStates)
    expect((await jobs.get(queue.job(`in-${state}`))).state).toBe(state)
  expect((await jobs.get(queue.job('in-paused'))).state).toBe('waiting')
  expect((await jobs.get(queue.job('nowhere'))).state).toBe('unknown')
  await queue.redis.del(queue.key('in-active:lock'))
  expect((await jobs.get(queue.job('in-active'))).state).toBe('active')
})

test('the detail of a job: values, attempts, children, logs', async () => {
  const bullmq = queue.bullmq()
  const added = await bullmq.add(
    'job',
    { user: 'é' },
    { attempts: 2, backoff: 3_600_000, deduplication: { id: 'only' } },
  )
  const worker = queue.worker(async (running) => {
    await running.log('one line')
    await running.updateProgress({ done: 3 })
    throw new Error('boom\nbecause')
  })
  await once(worker, 'failed')
  const { jobs } = open()
  const id = added.id ?? ''
  const detail = jobDetailSchema.parse(await jobs.get(queue.job(id)))
  expect(detail).toMatchObject({
    id,
    queue: queue.name,
    data: { size: 13, text: '{"user":"é"}', cut: false },
    result: null,
    progressValue: { text: '{"done":3}' },
    progress: '{"done":3}',
    failedReason: { text: 'boom\nbecause', cut: false },
    error: 'boom',
    attemptsMade: 1,
    attemptsStarted: 1,
    attemptsAllowed: 2,
    stalledCount: 0,
    processedBy: 'worker-1',
    deduplicationId: 'only',
    children: { pending: 0, processed: 0, failed: 0 },
    logCount: 1,
  })
  expect(JSON.parse(detail.stacktrace?.text ?? '')).toHaveLength(1)
  const raw = await jobs.raw(queue.job(id))
  expect(raw.key).toBe(queue.key(id))
  const stored = await queue.redis.hgetall(queue.key(id))
  expect(Object.fromEntries(raw.fields.map(({ name, text }) => [name, text]))).toEqual(stored)
})

test('a value over 256 KB is cut between characters, one over 8 MB only sized, and whole on demand', async () => {
  await queue.failed(1)
  const data = `x${'é'.repeat(200_000)}`
  const result = 'r'.repeat(9 * 1024 * 1024)
  const edge = 'e'.repeat(256 * 1024)
  await queue.redis.hset(queue.key('job-0'), { data, returnvalue: result, progress: edge })
  const { jobs } = open()
  const detail = await jobs.get(queue.job('job-0'))
  expect(detail.data).toMatchObject({ size: Buffer.byteLength(data), cut: true })
  expect(Buffer.byteLength(detail.data?.text ?? '')).toBe(256 * 1024 - 1)
  expect(data.startsWith(detail.data?.text ?? '?')).toBe(true)
  expect(detail.result).toEqual({ size: result.length, text: '', cut: true })
  expect(detail.progressValue).toEqual({ size: edge.length, text: edge, cut: false })
  expect(await jobs.value(queue.job('job-0'), 'data')).toEqual({
    size: Buffer.byteLength(data),
    text: data,
    cut: false,
  })
  expect((await jobs.value(queue.job('job-0'), 'returnvalue')).text).toBe(result)
  const raw = await jobs.raw(queue.job('job-0'))
  expect(raw.fields.find(({ name }) => name === 'returnvalue')).toMatchObject({
    cut: true,
    text: '',
  })
})

test('of a hash over 8 MB only fields that BullMQ writes are fetched, whoever wrote the rest', async () => {
  await queue.failed(1)
  const foreign = 'f'.repeat(9 * 1024 * 1024)
  await queue.redis.hset(queue.key('job-0'), { data: '{}', returnvalue: '', foreign })
  for (const withoutMemory of [false, true]) {
    const { reader, sent } = spiedReader({ withoutMemory })
    const raw = await reader.raw(queue.name, 'job-0')
    expect(raw?.fields.map(({ name }) => name)).toEqual([
      'data',
      'name',
      'opts',
      'returnvalue',
      'timestamp',
    ])
    expect(sent.flat()).not.toContain('hgetallBuffer')
  }
})

test('where Redis does not tell what a hash takes, a small one is still shown as it stands', async () => {
  await queue.failed(1, { data: '{}', returnvalue: '' })
  const { reader } = spiedReader({ withoutMemory: true })
  const raw = await reader.raw(queue.name, 'job-0')
  const stored = await queue.redis.hgetall(queue.key('job-0'))
  expect(Object.fromEntries(raw?.fields.map(({ name, text }) => [name, text]) ?? [])).toEqual(
    stored,
  )
})

test('the detail fetches no field of a megabyte but the values it cuts', async () => {
  const long = 'x'.repeat(1024 * 1024)
  await queue.failed(1, { name: long, pb: long, deid: long, rjk: long, opts: `{"x":"${long}"}` })
  const { reader, sent } = spiedReader()
  const detail = await reader.detail(queue.name, 'job-0')
  expect(detail).toMatchObject({
    name: '… (1024 KB)',
    processedBy: null,
    deduplicationId: null,
    scheduler: null,
    addedAt: 1_700_000_000_000,
    options: { cut: true },
  })
  const fetched = sent.filter(([command]) => command === 'hmget').flat()
  for (const field of ['name', 'pb', 'deid', 'rjk']) expect(fetched).not.toContain(field)
})

test('a value over 64 MB is refused with its size, and nothing of it is fetched', async () => {
  await queue.failed(1)
  const size = 64 * 1024 * 1024
  await queue.redis.hset(queue.key('job-0'), { data: 'x'.repeat(size + 1) })
  const { jobs } = open()
  await expect(jobs.value(queue.job('job-0'), 'data')).rejects.toMatchObject({
    code: 'VALUE_TOO_LARGE',
    data: { job: 'job-0', field: 'data', size: size + 1, limit: size },
  })
  const { reader, sent } = spiedReader()
  await expect(reader.value(queue.name, 'job-0', 'data')).rejects.toMatchObject({
    code: 'VALUE_TOO_LARGE',
  })
  expect(sent.map(([command]) => command)).toEqual(['hexists', 'hstrlen'])
  await queue.redis.del(queue.key('job-0'))
})
