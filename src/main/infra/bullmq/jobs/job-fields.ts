import type { JobRow } from '#shared/contract/jobs.ts'
import { delayedScoreFactor, type JobState } from '#shared/domain/job-state.ts'
import { numberOf, wholeOf } from '../batch.ts'
import { basicFields, basicsOf, type HashFields } from '../job-hash.ts'

/** Small fields of a job's hash. Payloads, texts and stacks are never among them. */
export const rowFields = [...basicFields, 'ats'] as const

/** What a row needs besides the small fields. */
export interface RowExtras {
  id: string
  state: JobState | 'unknown'
  /** Of the state's sorted set. */
  score: string | null
  error: string | null
  progress: JobRow['progress']
}

/** A row out of a hash. Whatever is not as BullMQ writes it counts as absent: never throws. */
export function rowOf(
  prefix: string,
  hash: HashFields<(typeof rowFields)[number]>,
  { id, state, score, error, progress }: RowExtras,
): JobRow {
  const { delay, lifo: _, parent, ...basics } = basicsOf(prefix, hash)
  const { addedAt, startedAt, finishedAt, attemptsMade } = basics
  const dueScore = state === 'delayed' ? numberOf(score) : null
  // A later attempt overwrites when the job started; how long the first one waited is then unknown.
  const attemptsStarted =
    wholeOf(hash.ats) ?? (finishedAt === null ? attemptsMade + 1 : attemptsMade)
  const first = attemptsStarted <= 1
  const runnableAt = addedAt === null ? null : addedAt + delay
  return {
    ...basics,
    id,
    state,
    dueAt: dueScore === null ? null : Math.floor(dueScore / delayedScoreFactor),
    wait: first ? between(runnableAt, startedAt) : null,
    duration: between(startedAt, finishedAt),
    progress,
    error,
    parent: parent && { queue: parent.queue, job: parent.job },
  }
}

/** Clocks of several machines meet here: a negative time is none. */
function between(from: number | null, to: number | null): number | null {
  return from === null || to === null || to < from ? null : to - from
}

/** A percentage when it is a number; the JSON text, cut, for anything else; null when none was reported. */
export function progressOf(text: string | null): JobRow['progress'] {
  if (text === null || text === '') return null
  const number = numberOf(text)
  if (number !== null) return number
  return text.slice(0, 300)
}
