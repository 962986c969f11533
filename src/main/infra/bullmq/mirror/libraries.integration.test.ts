import { expect, onTestFinished, test, vi } from 'vitest'
import { loadOf, type Library } from '#test-support/mirror-load.ts'
import { expectInStep, openMirror } from '#test-support/mirroring.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { useQueue } from '#test-support/use-queue.ts'

const queue = useQueue()

test.each<Library>(['bullmq6', 'bullmq5', 'bullmq4', 'bullmq3', 'bull4'])(
  'after a busy time of %s the mirror has every job as Redis has it',
  async (library) => {
    const load = loadOf({ library, port: queue.port, queue: queue.name })
    onTestFinished(() => load.close())
    await load.run(300)
    const { sync, writer, problems } = openMirror(redisUrl(), {
      queues: () => [queue.name],
    })
    await vi.waitFor(() => expect(sync.figures().state).toBe('following'), { timeout: 5000 })
    await load.run(2000)
    await expectInStep(queue.redis, writer, [queue.name], { timeout: 15_000 })
    const [figures] = sync.figures().queues
    expect(figures).toMatchObject({ follow: library === 'bull4' ? 'polling' : 'stream' })
    expect(problems).toEqual([])
  },
  40_000,
)
