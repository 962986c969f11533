import { onTestFinished } from 'vitest'
import { BullmqJobReader } from '../src/main/infra/bullmq/jobs/job-reader.ts'
import { linkTo } from './link.ts'
import { environment } from './reading.ts'
import { redisUrl } from './redis-url.ts'

/**
 * A reader of jobs in the Redis all tests share that notes the commands that were answered; `withoutMemory`: as
 * if the server did not know MEMORY USAGE.
 */
export function spiedReader({ withoutMemory = false } = {}) {
  const link = linkTo(redisUrl(), { environment })
  onTestFinished(() => link.close())
  const sent: (readonly unknown[])[] = []
  const reader = new BullmqJobReader(
    {
      environment,
      consoleError: (error) => link.consoleError(error),
      async pipeline(commands) {
        const replies = await link.pipeline(commands)
        sent.push(...commands)
        return replies.map((reply, index) =>
          withoutMemory && commands[index]?.[0] === 'memory' ? new Error('ERR unknown') : reply,
        )
      },
    },
    ['bull'],
  )
  return { reader, sent }
}
