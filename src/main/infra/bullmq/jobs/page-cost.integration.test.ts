import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { environment, openReading } from '#test-support/reading.ts'
import { startTestRedis } from '#test-support/redis.ts'

const pageSize = 50

async function redisOfItsOwn() {
  const server = await startTestRedis()
  const redis = new Redis(server.url)
  onTestFinished(async () => {
    redis.disconnect()
    await server.stop()
  })
  return { redis, url: server.url }
}

/** As a worker of BullMQ 6 leaves a job that failed once, but for the payload. */
const failedJob = (index: number, data: string) => {
  const stack = `Error: Card declined for order-${index}\n${'    at work (/usr/src/app/worker.js:10:5)\n'.repeat(10)}`
  return {
    name: 'charge-card',
    data,
    opts: '{"attempts":3,"backoff":{"type":"exponential","delay":1000}}',
    timestamp: 1_700_000_000_000,
    delay: 0,
    priority: 0,
    processedOn: 1_700_000_000_100,
    finishedOn: 1_700_000_000_200 + index,
    failedReason: `Card declined for order-${index}: insufficient_funds (issuer code 51)`,
    stacktrace: JSON.stringify([stack]),
    atm: 3,
    ats: 3,
    pb: 'worker-1',
  }
}

async function fill(redis: Redis, data: string) {
  const batch = redis.pipeline()
  for (let index = 0; index < 200; index += 1) {
    batch.hset(`bull:charges:${index}`, failedJob(index, data))
    batch.zadd('bull:charges:failed', 1_700_000_000_200 + index, index)
  }
  await batch.exec()
}

async function meters(redis: Redis) {
  const [stats, commands] = [await redis.info('stats'), await redis.info('commandstats')]
  const bytes = Number(/total_net_output_bytes:(\d+)/.exec(stats)?.[1])
  const calls = [...commands.matchAll(/cmdstat_([^:]+):calls=(\d+)/g)]
    .filter(([, name]) => name !== 'ping' && name !== 'info')
    .reduce((sum, [, , count]) => sum + Number(count), 0)
  return { bytes, calls }
}

/** Commands Redis carried out for one page, and bytes it sent; what the meters cost is a few KB. */
async function costOfPage(redis: Redis, url: string) {
  const { jobs } = openReading(url)
  const query = { environment, queue: 'charges', state: 'failed' as const, limit: pageSize }
  await jobs.list(query)
  const idle = [await meters(redis), await meters(redis)] as const
  const before = await meters(redis)
  const page = await jobs.list(query)
  const after = await meters(redis)
  expect(page.items).toHaveLength(pageSize)
  expect(page.items[0]).toMatchObject({ name: 'charge-card', attemptsMade: 3, attemptsAllowed: 3 })
  const ofMeters = idle[1].bytes - idle[0].bytes
  return { calls: after.calls - before.calls, bytes: after.bytes - before.bytes - ofMeters }
}

test('a page of failed jobs is read in few commands and little more than what it shows', async () => {
  const { redis, url } = await redisOfItsOwn()
  await fill(redis, `{"order":"${'o'.repeat(300)}"}`)
  const { calls, bytes } = await costOfPage(redis, url)
  expect(calls).toBeLessThanOrEqual(130)
  expect(bytes).toBeLessThan(30_000)
})

test('a page of jobs with large payloads costs more commands, but not more bytes', async () => {
  const { redis, url } = await redisOfItsOwn()
  await fill(redis, 'd'.repeat(100_000))
  const { bytes } = await costOfPage(redis, url)
  expect(bytes).toBeLessThan(30_000)
})
