import type { JobRef } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import type { JobAddress } from '../services.ts'

/** What the guard must know of a queue and a job before anything may be done to it. */
export interface ActionFacts {
  queue: QueueFacts
  /** Null when there is no such job. */
  job: JobFacts | null
}

export interface QueueFacts {
  exists: boolean
  /** `meta.version` as it stands there, such as `bullmq:6.7.0`; null when it was never written. */
  version: string | null
  paused: boolean
  /** Length of the `wait` list. */
  waiting: number
  /** Length of the `paused` list, which only BullMQ up to 5 (and Bull) fills. */
  pausedList: number
  /** In a cluster: its keys lie in several slots, where no script can change them together. */
  acrossSlots: boolean
}

export interface JobFacts {
  name: string
  /** `unknown` when it stands in no state's key. */
  state: JobState | 'unknown'
  attemptsMade: number
  attemptsAllowed: number
  priority: number
  addedAt: number | null
  startedAt: number | null
  finishedAt: number | null
  /** First line of the failure's message, cut at 300 characters. */
  error: string | null
  /** Bytes of `data`. */
  dataSize: number
  /** SHA-256 of `data` in hex; null when it was not asked for or is over 16 MB. */
  dataDigest: string | null
  /** A worker holds its lock. */
  locked: boolean
  /** The schedule it came from; `pending` while the schedule's next run hangs on this job. */
  scheduler: { id: string; pending: boolean } | null
  /**
   * `counting`: the parent is in waiting-children and waits for this job. `acrossSlots`: in a cluster,
   * its keys lie in another slot than the job's.
   */
  parent: { queue: string; job: string; counting: boolean; acrossSlots: boolean } | null
  children: ChildrenFacts
}

/** The jobs below a job, on all levels: they are removed with it. */
export interface ChildrenFacts {
  /**
   * How many still exist. Over `mostChildren`: how many its keys list at least, gone ones included,
   * and nothing more was read.
   */
  count: number
  /** Their keys in Redis, such as `bull:images:17`. */
  keys: readonly string[]
  /** One of them that a worker holds. */
  active: JobRef | null
  /** One of them whose keys, in a cluster, lie in another slot than the job's. */
  acrossSlots: JobRef | null
}

/**
 * Removal goes through all that is listed below a job in one script, for whose time Redis serves
 * nobody else: more is refused.
 */
export const mostChildren = 200

/** Throws when what an action is about to change is no longer what it was allowed on. */
export type Recheck = (facts: ActionFacts) => void

/**
 * The only writer to Redis. Both actions read the facts once more, hand them to `recheck`, and change
 * Redis only if none of what was read has changed since: the last look and the change are one.
 *
 * Errors: what `recheck` throws; ENVIRONMENT_UNREACHABLE, ENVIRONMENT_READ_ONLY (a replica) and
 * PERMISSION_DENIED when nothing was changed; OUTCOME_UNKNOWN when nobody can tell.
 */
export interface JobMutations {
  /** Changes nothing, and uses no connection that could. */
  read(address: JobAddress, options?: { digest?: boolean }): Promise<ActionFacts>
  /** Resolves with the state the job was put in. */
  retry(
    address: JobAddress,
    options: { resetAttempts: boolean },
    recheck: Recheck,
  ): Promise<JobState>
  /** Removes the job with its logs and all its children. */
  remove(address: JobAddress, recheck: Recheck): Promise<void>
}
