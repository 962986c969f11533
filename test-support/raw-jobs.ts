import type { RawDetails, RawJob } from '#core/mirror/ports.ts'
import type { JobState } from '#shared/domain/job-state.ts'

/** What a test says of a job; the rest is as an ordinary one has it. */
export interface JobGiven {
  id: string
  state?: JobState | 'unknown'
  name?: string
  added?: number | null
  started?: number | null
  finished?: number | null
  /** Of its set; when it finished, where nothing is given. */
  score?: number | null
  message?: string | null
  attempts?: number
  progress?: string | null
  priority?: number
  opts?: string
  parent?: string | null
}

const text = (value: number | string | null) => (value === null ? null : String(value))

/** A job as it is read from Redis. */
export function rawJob({
  id,
  state = 'waiting',
  name = 'send',
  added = 1000,
  started = null,
  finished = null,
  score = finished,
  message = null,
  attempts = 0,
  progress = null,
  priority = 0,
  opts = '{"attempts":3}',
  parent = null,
}: JobGiven): RawJob {
  const fields = [name, added, priority, started, finished, attempts, null, opts, null, parent]
  const rest = [null, message, progress, null, null]
  return { id, state, score, fields: [...fields, ...rest].map((value) => text(value)) }
}

export function failedJob(given: JobGiven & { finished: number }): RawJob {
  const { finished } = given
  return rawJob({
    state: 'failed',
    added: finished - 200,
    started: finished - 100,
    message: 'it broke',
    attempts: 3,
    ...given,
  })
}

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))

export function rawDetails(
  id: string,
  given: { stack?: string; data?: unknown; result?: unknown } = {},
): RawDetails {
  return {
    id,
    stacktrace: given.stack === undefined ? null : JSON.stringify([given.stack]),
    data: json(given.data),
    returnvalue: json(given.result),
    progress: null,
  }
}
