import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { environment, openReading, until } from '#test-support/reading.ts'
import { freePort, startTestRedis } from '#test-support/redis.ts'
import type { JobListUpdate } from '#core/services.ts'
import type { QueueList } from '#shared/contract/queues.ts'

async function startOn(port: number, jobs: readonly string[]) {
  const server = await startTestRedis([`port ${port}`])
  onTestFinished(() => server.stop())
  const redis = new Redis(port)
  await redis.set('bull:mail:id', jobs.length)
  for (const [index, id] of jobs.entries()) {
    await redis.hset(`bull:mail:${id}`, { name: id, timestamp: 1000 + index })
    await redis.zadd('bull:mail:failed', 1000 + index, id)
  }
  redis.disconnect()
  return server
}

test('streams stay open while Redis is killed and go on when it is back', async () => {
  const port = await freePort()
  const first = await startOn(port, ['a'])
  const { queues, jobs, link } = openReading(`redis://127.0.0.1:${port}`)
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  const updates = jobs.watch(
    { environment, queue: 'mail', state: 'failed', limit: 10, also: [] },
    ended.signal,
  )
  const following = (async () => {
    const seen: JobListUpdate[] = []
    for await (const update of updates) {
      seen.push(update)
      if (update.page.items.length === 2) return seen
    }
    return seen
  })()
  const watched: QueueList[] = []
  const watching = (async () => {
    for await (const list of queues.watch(environment, ['mail'], ended.signal)) watched.push(list)
  })()
  await expect.poll(() => watched.at(-1)?.queues[0]?.counts.failed, { timeout: 10_000 }).toBe(1)
  const before = watched.at(-1)?.queues[0]?.readAt ?? 0

  first.process.kill('SIGKILL')
  await expect.poll(() => link.health().state, { timeout: 5000 }).toBe('reconnecting')
  await expect(queues.list(environment)).rejects.toMatchObject({ code: 'ENVIRONMENT_UNREACHABLE' })
  await expect(jobs.get({ environment, queue: 'mail', job: 'a' })).rejects.toMatchObject({
    code: 'ENVIRONMENT_UNREACHABLE',
  })

  await startOn(port, ['a', 'b'])
  const seen = await following
  expect(seen.at(-1)?.page.items.map(({ id }) => id)).toEqual(['b', 'a'])
  await expect.poll(() => watched.at(-1)?.queues[0]?.counts.failed, { timeout: 10_000 }).toBe(2)
  expect(watched.at(-1)?.queues[0]?.readAt).toBeGreaterThan(before)
  ended.abort()
  await expect(watching).resolves.toBeUndefined()
}, 40_000)

test('streams that begin before Redis is there wait for it', async () => {
  const port = await freePort()
  const { queues, jobs } = openReading(`redis://127.0.0.1:${port}`)
  const ended = new AbortController()
  onTestFinished(() => ended.abort())
  const list = until(
    queues.watch(environment, [], ended.signal),
    ({ queues }) => queues.length === 1,
  )
  const query = { environment, queue: 'mail', state: 'failed', limit: 10, also: [] } as const
  const update = jobs.watch(query, ended.signal).next()
  await startOn(port, ['a'])
  expect((await list).queues[0]?.counts.failed).toBe(1)
  expect((await update).value?.page.total).toBe(1)
}, 40_000)
