import { seeded } from '../random.ts'
import { errorOf } from '../scenario/failure.ts'
import type { JobKind, Run, Step } from '../scenario/types.ts'

/** What one attempt at a job does, decided beforehand: the same seed, job and attempt give the same. */
export interface Attempt {
  /** Milliseconds. */
  duration: number
  steps: Step[]
  /** The error it ends with; null when it succeeds. */
  error: Error | null
  result: unknown
}

export interface AttemptedJob {
  queue: string
  id: string
  data: Run['data']
  /** 1 for the first. */
  attempt: number
  attemptsAllowed: number
}

export function attemptOf(kind: JobKind, job: AttemptedJob, seed: number): Attempt {
  const random = seeded(seed, job.queue, job.id, job.attempt)
  const run: Run = { id: job.id, data: job.data, attempt: job.attempt, random }
  const duration = Math.round(random.between(...kind.duration))
  const error = failureOf(kind, job, run, seeded(seed, job.queue, job.id).next())
  const reached = error === null ? 1 : random.between(0.3, 0.9)
  const steps = (kind.steps?.(run) ?? []).filter(({ at }) => at <= reached)
  return {
    duration: Math.round(duration * reached),
    steps,
    error,
    result: error === null ? kind.result(run) : null,
  }
}

/** `fate`, from 0 to 1, is the job's own: it is the same at each of its attempts. */
function failureOf(kind: JobKind, job: AttemptedJob, run: Run, fate: number): Error | null {
  const { trouble } = kind
  if (trouble === undefined) return null
  const lasting = kind.hopeless?.(job.data) === true || fate < trouble.lasting
  const passing = !lasting && fate < trouble.lasting + (trouble.passing ?? 0)
  const last = job.attempt >= job.attemptsAllowed
  if (!lasting && !(passing && !last && job.attempt < 3)) return null
  const possible = last ? trouble.failures : (trouble.early ?? trouble.failures)
  // A file that no one can read fails for that reason, and not by chance.
  const failure =
    kind.hopeless?.(job.data) === true ? trouble.failures[0] : run.random.pick(possible)
  return errorOf(failure(run))
}
