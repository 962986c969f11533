import { Worker } from 'bullmq'
import { expect, onTestFinished, test, vi } from 'vitest'
import { memoryMirror } from '#test-support/memory-mirror.ts'
import { expectInStep, openMirror } from '#test-support/mirroring.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { useQueue } from '#test-support/use-queue.ts'

const queue = useQueue()

test('a queue in which more happens than the budget lets be read is left alone, then brought up to date', async () => {
  const { sync, writer, problems } = openMirror(redisUrl(), {
    queues: () => [queue.name],
    writer: memoryMirror(),
    link: { profile: { budget: { commandsPerSecond: 1000, bytesPerSecond: 10_000_000 } } },
  })
  const bullmq = queue.bullmq()
  await bullmq.add('first', {})
  const follow = () => sync.figures().queues[0]?.follow
  await vi.waitFor(() => expect(follow()).toBe('stream'), { timeout: 10_000 })
  await expectInStep(queue.redis, writer, [queue.name])

  const jobs = Array.from({ length: 2200 }, (_, index) => ({ name: `job ${index}`, data: {} }))
  await bullmq.addBulk(jobs)
  await vi.waitFor(() => expect(follow()).toBe('deferred'), { timeout: 5000, interval: 20 })
  expect(sync.figures().behind).toBeGreaterThan(0)
  const worker = new Worker(queue.name, () => Promise.resolve(), {
    connection: { url: redisUrl(), maxRetriesPerRequest: null },
    concurrency: 20,
  })
  onTestFinished(() => worker.close())
  await vi.waitFor(async () => expect(await bullmq.getCompletedCount()).toBe(2201), {
    timeout: 8000,
  })
  await expectInStep(queue.redis, writer, [queue.name], { timeout: 25_000 })
  await vi.waitFor(() => expect(follow()).toBe('stream'))
  await vi.waitFor(() => expect(sync.figures()).toMatchObject({ behind: 0, gaps: 0 }))
  expect(problems).toEqual([])
}, 50_000)
