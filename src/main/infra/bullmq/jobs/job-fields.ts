import type { JobRow } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { numberOf, textsOf, wholeOf } from '../batch.ts'
import { delayedScoreFactor } from '../keys.ts'
import { parentOf } from '../mutations/family.ts'

/** Small fields of a job's hash. Payloads, texts and stacks are never among them. */
export const rowFields = [
  'name',
  'timestamp',
  'priority',
  'processedOn',
  'finishedOn',
  'atm',
  'attemptsMade',
  'ats',
  'opts',
  'rjk',
  'parentKey',
  'parent',
] as const

/** Some of a hash's fields; those not asked for are undefined, those it does not have null. */
export type HashFields<Field extends string> = Partial<Record<Field, string | null>>

/** The reply of HMGET with these fields; null when there is no such hash. */
export function hashOf<Field extends string>(
  fields: readonly Field[],
  reply: unknown,
): HashFields<Field> | null {
  const values = textsOf(reply)
  if (values.every((value) => value === null)) return null
  const entries = fields.map((field, index) => [field, values[index] ?? null])
  return Object.fromEntries(entries) as HashFields<Field>
}

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
  hash: HashFields<(typeof rowFields)[number]>,
  { id, state, score, error, progress }: RowExtras,
): JobRow {
  const options = optionsOf(hash.opts)
  const addedAt = numberOf(hash.timestamp)
  const startedAt = numberOf(hash.processedOn)
  const finishedAt = numberOf(hash.finishedOn)
  const dueScore = state === 'delayed' ? numberOf(score) : null
  const parent = parentOf(hash.parentKey ?? null, hash.parent ?? null)
  // As BullMQ reads them: up to v4 and Bull write the one, v5 and v6 the other.
  const attemptsMade = wholeOf(hash.attemptsMade) || (wholeOf(hash.atm) ?? 0)
  // A later attempt overwrites when the job started; how long the first one waited is then unknown.
  const attemptsStarted =
    wholeOf(hash.ats) ?? (finishedAt === null ? attemptsMade + 1 : attemptsMade)
  const first = attemptsStarted <= 1
  const runnableAt = addedAt === null ? null : addedAt + options.delay
  return {
    id,
    name: hash.name ?? '',
    state,
    addedAt,
    startedAt,
    finishedAt,
    dueAt: dueScore === null ? null : Math.floor(dueScore / delayedScoreFactor),
    wait: first ? between(runnableAt, startedAt) : null,
    duration: between(startedAt, finishedAt),
    attemptsMade,
    attemptsAllowed: options.attempts,
    progress,
    priority: wholeOf(hash.priority) ?? 0,
    error,
    scheduler: hash.rjk || null,
    parent: parent && { queue: parent.queue, job: parent.job },
  }
}

/** Clocks of several machines meet here: a negative time is none. */
function between(from: number | null, to: number | null): number | null {
  return from === null || to === null || to < from ? null : to - from
}

function optionsOf(text: string | null | undefined): { attempts: number; delay: number } {
  try {
    const { attempts, delay } = JSON.parse(text ?? '{}') as { attempts?: unknown; delay?: unknown }
    return {
      attempts: Math.max(1, wholeOf(String(attempts)) ?? 1),
      delay: wholeOf(String(delay)) ?? 0,
    }
  } catch {
    return { attempts: 1, delay: 0 }
  }
}

/** A percentage when it is a number; the JSON text, cut, for anything else; null when none was reported. */
export function progressOf(text: string | null): JobRow['progress'] {
  if (text === null || text === '') return null
  const number = numberOf(text)
  if (number !== null) return number
  return text.slice(0, 300)
}
