import type { RawJob } from '#core/mirror/ports.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import { firstLine } from '#shared/domain/first-line.ts'
import { wholeOf } from '../../bullmq/batch.ts'
import { progressOf, rowOf } from '../../bullmq/jobs/job-fields.ts'
import { longestMessage } from './schema.ts'
import { failedState, isFinishedState, stateIndex } from './states.ts'

/** The last instant a date can be. */
const lastTime = 8.64e15

/** A job's hash, read as the live list reads it. */
export interface ReadJob {
  row: JobRow
  state: number
  score: number | null
  /** Finished, else started, else added. */
  at: number
  /** As far as it is kept. */
  message: string | null
  line: string | null
  stalled: number
  hasFailed: boolean
}

/** `prefix` is the first of the environment. Never throws: what is not as BullMQ writes it is absent. */
export function readJob(prefix: string, { id, state, score, fields }: RawJob): ReadJob {
  const index = stateIndex(state)
  const reason = fields[11] ?? null
  const given = score === null ? null : String(score)
  const read = rowOf(
    prefix,
    {
      name: fields[0],
      timestamp: fields[1],
      priority: fields[2],
      processedOn: fields[3],
      finishedOn: fields[4] ?? (isFinishedState(index) ? given : null),
      atm: fields[5],
      attemptsMade: fields[6],
      opts: fields[7],
      rjk: fields[8],
      parentKey: fields[9],
      parent: fields[10],
      ats: fields[14],
    },
    { id, state, score: given, error: null, progress: progressOf(fields[12] ?? null) },
  )
  const row = {
    ...read,
    addedAt: storable(read.addedAt),
    startedAt: storable(read.startedAt),
    finishedAt: storable(read.finishedAt),
    dueAt: storable(read.dueAt),
    wait: storable(read.wait),
  }
  const whole = reason === '' ? null : reason
  return {
    row,
    state: index,
    score,
    at: row.finishedAt ?? row.startedAt ?? row.addedAt ?? 0,
    message: whole === null ? null : whole.slice(0, longestMessage),
    line: whole !== null && whole.length > longestMessage ? lineOf(whole) : null,
    stalled: wholeOf(fields[13]) ?? 0,
    hasFailed: index === failedState && row.finishedAt !== null,
  }
}

/** Where what is kept of a message tells another first line than the whole. */
function lineOf(whole: string): string | null {
  const line = firstLine(whole)
  return line === firstLine(whole.slice(0, longestMessage)) ? null : line
}

/** Milliseconds as a column of whole numbers holds them, whatever stands in Redis. */
function storable(time: number | null): number | null {
  return time === null ? null : Math.trunc(Math.min(lastTime, Math.max(-lastTime, time)))
}

/** The newest of a job's stacks, which BullMQ keeps as a JSON array, oldest first. */
export function newestStack(stacktrace: string | null): string | null {
  try {
    const stacks: unknown = JSON.parse(stacktrace ?? '[]')
    const newest: unknown = Array.isArray(stacks) ? stacks.at(-1) : null
    return typeof newest === 'string' && newest !== '' ? newest : null
  } catch {
    return null
  }
}
