import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { environment, openReading } from '#test-support/reading.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { startTestRedis } from '#test-support/redis.ts'
import { useQueue } from '#test-support/use-queue.ts'
import { onConnection } from './mutations/facts-source.ts'
import { readFacts } from './mutations/read-facts.ts'

const queue = useQueue()

const long = 'x'.repeat(20_000)

/** Jobs as other versions, other libraries and other hands leave them. */
const hashes: Record<string, Record<string, string | number>> = {
  'counted in both fields': { attemptsMade: 0, atm: 1 },
  'counted as before BullMQ 5': { attemptsMade: 3 },
  'attempts in words': { opts: '{"attempts":"4"}' },
  'no attempts at all': { opts: '{"attempts":0}' },
  'options that are no JSON': { opts: '{' },
  'times and priority that are no numbers': { timestamp: 'x', processedOn: ' ', priority: '-3' },
  'a message of 20 KB': { failedReason: `first line\n${long}` },
  'a name of 20 KB': { name: long },
  'a parent': { parentKey: 'bull:parents:7', parent: '{"id":"7","queueKey":"bull:parents"}' },
}

test.each(Object.entries(hashes))(
  'a list, a detail and a preview say the same of a job with %s',
  async (_, fields) => {
    const at = 1_700_000_000_000
    await queue.redis.hset(queue.key('job'), { name: 'job', timestamp: at, ...fields })
    await queue.redis.zadd(queue.key('failed'), at, 'job')
    const { jobs } = openReading(redisUrl())
    const [row] = (await jobs.list(queue.list('failed'))).items
    const detail = await jobs.get(queue.job('job'))
    const { job } = await readFacts(onConnection(queue.redis), 'bull', queue.job('job'))
    const parent = job?.parent && { queue: job.parent.queue, job: job.parent.job }
    const { name, state, attemptsMade, attemptsAllowed, priority, addedAt, startedAt } = job ?? {}
    const said = {
      name,
      state,
      attemptsMade,
      attemptsAllowed,
      priority,
      addedAt,
      startedAt,
      parent,
    }
    expect(row).toMatchObject({ ...said, error: job?.error })
    expect(detail).toMatchObject(said)
  },
)

test('of options of 20 KB neither a list nor a preview knows what they say, the detail does', async () => {
  const at = 1_700_000_000_000
  const opts = `{"attempts":5,"x":"${long}"}`
  await queue.redis.hset(queue.key('job'), { name: 'job', timestamp: at, opts })
  await queue.redis.zadd(queue.key('failed'), at, 'job')
  const { jobs } = openReading(redisUrl())
  const [row] = (await jobs.list(queue.list('failed'))).items
  const { job } = await readFacts(onConnection(queue.redis), 'bull', queue.job('job'))
  expect([row?.attemptsAllowed, job?.attemptsAllowed]).toEqual([1, 1])
  expect((await jobs.get(queue.job('job'))).attemptsAllowed).toBe(5)
})

test('a Redis without LPOS and MEMORY tells the state of a job all the same', async () => {
  const server = await startTestRedis(['rename-command LPOS ""', 'rename-command MEMORY ""'])
  const redis = new Redis(server.url)
  onTestFinished(async () => {
    redis.disconnect()
    await server.stop()
  })
  const many = Array.from({ length: 2500 }, (_, index) => `other-${index}`)
  await redis.rpush('bull:old:wait', ...many, 'waits')
  await redis.rpush('bull:old:active', 'runs')
  for (const id of ['waits', 'runs', 'lost']) {
    await redis.hset(`bull:old:${id}`, { name: id, timestamp: 1 })
  }
  const { jobs, jobReader } = openReading(server.url)
  const expected = { waits: 'waiting', runs: 'active', lost: 'unknown' }
  for (const [job, state] of Object.entries(expected)) {
    const address = { environment, queue: 'old', job }
    expect((await jobs.get(address)).state).toBe(state)
    expect((await readFacts(onConnection(redis), 'bull', address)).job?.state).toBe(state)
    expect(await jobReader.isActive('old', job)).toBe(state === 'active')
    const present = await jobReader.present('old', 'active', [job])
    expect(present.map(({ id }) => id)).toEqual(state === 'active' ? [job] : [])
  }
})
