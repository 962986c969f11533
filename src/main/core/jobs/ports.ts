import type { JobDetail, JobRow, JobValue, LogPage, jobFields } from '#shared/contract/jobs.ts'
import type { StateCounts } from '#shared/contract/queues.ts'
import type { JobState } from '#shared/domain/job-state.ts'

/**
 * Where a page ended. Sorted sets are continued behind a score and id, lists behind an index and the id
 * that stood there; `part` tells in which list, since a queue paused by BullMQ up to 5 has two.
 */
export type ListPosition =
  | { kind: 'set'; score: string; id: string }
  | { kind: 'list'; part: number; index: number; id: string }

/** A job in a state. `score` is Redis' own text for it; null in lists. */
export interface StateEntry {
  id: string
  score: string | null
}

export interface StatePage {
  entries: StateEntry[]
  /** Where the next page begins; null at the end. */
  next: ListPosition | null
  counts: StateCounts
  paused: boolean
}

export interface PageQuery {
  queue: string
  state: JobState
  limit: number
  after: ListPosition | null
}

/** Raw reads of one environment's jobs. None of them writes. */
export interface JobReader {
  /** A page of a state without its jobs' fields; null when there is no such queue. */
  page(query: PageQuery): Promise<StatePage | null>
  /** Rows of jobs in a state, in the order asked for; those without a hash are left out. */
  rows(queue: string, state: JobState, entries: readonly StateEntry[]): Promise<JobRow[]>
  /** Which of these jobs are still in the state. */
  present(queue: string, state: JobState, ids: readonly string[]): Promise<StateEntry[]>
  find(queues: readonly string[], id: string): Promise<(JobRow & { queue: string })[]>
  /** These are null when there is no such job. */
  detail(queue: string, job: string): Promise<JobDetail | null>
  /** @throws ConsoleError VALUE_TOO_LARGE over 64 MB. */
  value(queue: string, job: string, field: (typeof jobFields)[number]): Promise<JobValue | null>
  raw(
    queue: string,
    job: string,
  ): Promise<{ key: string; fields: (JobValue & { name: string })[] } | null>
  /** Large lines are cut, and a page of many ends early. */
  logs(queue: string, job: string, start: number, limit: number): Promise<LogPage | null>
  isActive(queue: string, job: string): Promise<boolean>
  queueExists(queue: string): Promise<boolean>
}
