import type { LogPage } from '#shared/contract/jobs.ts'
import { ConsoleError, isConsoleError } from '#shared/errors.ts'
import { pause } from '../live-value.ts'
import { LogTail } from './log-tail.ts'
import type { JobReader } from './ports.ts'

const interval = 1000
const mostLines = 1000

/**
 * Log lines from `start` on as they are written, numbered on when the log is trimmed. Ends when the job
 * is no longer active and all its lines were given, when it is gone, or when `signal` aborts; goes on
 * over a lost connection.
 */
export async function* followLogs(
  reader: JobReader,
  { queue, job }: { queue: string; job: string },
  start: number,
  signal: AbortSignal,
): AsyncGenerator<LogPage, void, undefined> {
  const tail = new LogTail(start)
  let found = false
  while (!signal.aborted) {
    try {
      // Asked before the lines are read: what was written until then is in them.
      const active = await reader.isActive(queue, job)
      const page = await reader.logs(queue, job, tail.from, mostLines)
      if (page === null) {
        if (!found) throw new ConsoleError('JOB_NOT_FOUND', { queue, job })
        return
      }
      found = true
      let added = tail.take(page)
      if (added === 'lost') {
        const last = await reader.logs(queue, job, -mostLines, mostLines)
        if (last === null) return
        added = tail.resume(last)
      }
      if (added !== null) yield added
      if (tail.more) continue
      if (!active) return
    } catch (error) {
      if (!isConsoleError(error) || error.code !== 'ENVIRONMENT_UNREACHABLE') throw error
    }
    await pause(interval, signal)
  }
}
