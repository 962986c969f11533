import type { JobDetail } from '#shared/contract/jobs.ts'
import { readStacks } from '#shared/domain/stacktrace.ts'

export interface FailedAttempt {
  /** From 1. */
  number: number
  /** Null when the attempt left none. */
  stack: string | null
}

export interface FailedAttempts {
  /** Oldest first. */
  attempts: FailedAttempt[]
  /** Attempts that failed earlier and whose stacks BullMQ did not keep. */
  lost: number
}

/** The failed attempts of a job whose stacks were kept, numbered from the last one backwards. */
export function failedAttempts(
  job: Pick<JobDetail, 'state' | 'attemptsMade'>,
  stacktrace: string | null,
): FailedAttempts {
  const stacks = stacktrace === null ? [] : readStacks(stacktrace).stacks
  const failed = job.state === 'completed' ? job.attemptsMade - 1 : job.attemptsMade
  const lost = Math.max(0, failed - stacks.length)
  return {
    attempts: stacks.map((stack, index) => ({ number: lost + index + 1, stack })),
    lost: stacks.length === 0 ? 0 : lost,
  }
}
