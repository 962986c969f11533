import type { ConnectionOptions as Connection6, Queue as Queue6 } from 'bullmq'
import type { ConnectionOptions as Connection5, Queue as Queue5 } from 'bullmq5'
import type { ScriptMajor } from '#core/actions/script-major.ts'
import { splitQueueReference } from '#shared/domain/queue-reference.ts'
import { ScriptClient, type RunScript } from './script-client.ts'

// Loaded with the first change: both together are a sixth of the console's memory and of its start.
const bullmq6 = () => import('bullmq')
const bullmq5 = () => import('bullmq5')

export interface ScriptTarget {
  /** The environment's first. */
  prefix: string
  queue: string
  job: string
}

export interface RetryOptions {
  state: 'failed' | 'completed'
  /** From the job's own options: put where it is taken next. */
  lifo: boolean
  resetAttempts: boolean
}

/** Runs BullMQ's own way to move a finished job back, of the given major, through `run`. */
export async function runRetry(
  major: ScriptMajor,
  target: ScriptTarget,
  { state, lifo, resetAttempts }: RetryOptions,
  run: RunScript,
): Promise<void> {
  const reset = { resetAttemptsMade: resetAttempts, resetAttemptsStarted: resetAttempts }
  if (major === 6) {
    const { Job } = await bullmq6()
    await withQueue6(target, run, (queue) =>
      new Job(queue, '', {}, { lifo }, target.job).retry(state, reset),
    )
  } else {
    const { Job } = await bullmq5()
    await withQueue5(target, run, (queue) =>
      new Job(queue, '', {}, { lifo }, target.job).retry(state, reset),
    )
  }
}

/**
 * Runs BullMQ's own removal of a job with its children, of the given major, through `run`. Resolves
 * with 0 when it or a child is locked, else 1 (also for a job that is not there).
 */
export function runRemove(
  major: ScriptMajor,
  target: ScriptTarget,
  run: RunScript,
): Promise<number> {
  return major === 6
    ? withQueue6(target, run, (queue) => queue.remove(target.job))
    : withQueue5(target, run, (queue) => queue.remove(target.job))
}

const options = { skipMetasUpdate: true, skipVersionCheck: true }

async function withQueue6<Result>(
  target: ScriptTarget,
  run: RunScript,
  use: (queue: Queue6) => Promise<Result>,
): Promise<Result> {
  const { Queue } = await bullmq6()
  const connection = new ScriptClient(run) as unknown as Connection6
  const { prefix, name } = splitQueueReference(target.prefix, target.queue)
  const queue = new Queue(name, { ...options, prefix, connection })
  try {
    return await use(queue)
  } finally {
    await queue.close()
  }
}

async function withQueue5<Result>(
  target: ScriptTarget,
  run: RunScript,
  use: (queue: Queue5) => Promise<Result>,
): Promise<Result> {
  const { Queue } = await bullmq5()
  const connection = new ScriptClient(run) as unknown as Connection5
  const { prefix, name } = splitQueueReference(target.prefix, target.queue)
  const queue = new Queue(name, { ...options, prefix, connection })
  try {
    return await use(queue)
  } finally {
    await queue.close()
  }
}
