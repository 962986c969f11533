import { firstLine } from '#shared/domain/first-line.ts'
import { isConsoleError } from '#shared/errors.ts'
import type { ActionFacts } from './ports.ts'

type Details = Record<string, unknown>

/**
 * What the audit keeps of a job that is about to change: names, states, times, sizes and a digest,
 * never a payload; and the keys of the jobs below it, which go with it.
 */
export function snapshotOf({ queue, job }: ActionFacts): Details {
  const { version, paused } = queue
  if (job === null) return { version, paused }
  const { count, keys } = job.children
  const childKeys = keys.length > 0 ? keys : null
  return { version, paused, ...job, children: count, childKeys }
}

/** An error as the audit keeps it: the data of an expected one, the first line of any other. */
export function failureDetails(error: unknown): Details {
  if (isConsoleError(error)) return { data: error.data }
  return { error: firstLine(error instanceof Error ? error.message : String(error)) }
}
