import { EventEmitter, once } from 'node:events'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openReading } from '#test-support/reading.ts'
import { useQueue } from '#test-support/use-queue.ts'

const queue = useQueue()
const open = () => openReading(inject('redisUrl'))

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
