import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Library } from '../../test-support/mirror-load.ts'
import type { ChurnResult } from './churn-process.ts'

/** Lets a real producer and worker churn through jobs in a process of their own; resolves once all is at rest. */
export async function churn(work: {
  library?: Library
  port: number
  prefix: string
  queue: string
  /** Jobs a second. */
  rate: number
  seconds: number
  /** Whether some jobs are left waiting, put off and prioritized. */
  leave?: boolean
}): Promise<ChurnResult> {
  const { library = 'bullmq6', port, prefix, queue, rate, seconds, leave = true } = work
  const child = fork(
    join(import.meta.dirname, 'churn-process.ts'),
    [library, port, prefix, queue, rate, seconds, leave].map(String),
  )
  const ended = once(child, 'exit')
  const [message] = (await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`The producer ended with ${code}`))),
  ])) as [ChurnResult]
  await ended
  return message
}
