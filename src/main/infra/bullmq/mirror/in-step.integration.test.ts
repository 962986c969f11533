import { expect, test, vi } from 'vitest'
import { expectInStep, openMirror } from '#test-support/mirroring.ts'
import { useQueue } from '#test-support/use-queue.ts'
import { inject } from 'vitest'

const queue = useQueue()

const follows = (sync: { figures(): { state: string } }) =>
  vi.waitFor(() => expect(sync.figures().state).toBe('following'), { timeout: 10_000 })

test('what was there before is read, newest first, and the rest follows', async () => {
  await queue.failed(3000)
  const { sync, writer, problems } = openMirror(inject('redisUrl'), { queues: () => [queue.name] })
  await follows(sync)
  await expectInStep(queue.redis, writer, [queue.name])
  await queue.bullmq().add('late', { a: 1 })
  await expectInStep(queue.redis, writer, [queue.name])
  expect(writer.rows(queue.name)).toHaveLength(3001)
  expect(sync.figures()).toMatchObject({ behind: 0, backfill: null, gaps: 0 })
  expect(problems).toEqual([])
})
