import BetterSqlite from 'better-sqlite3'
import { jobStates } from '../src/shared/domain/job-state.ts'
import type { MirroredJob } from './mirror-equals-redis.ts'

/** What a mirror file holds of a queue, read beside its writer. */
export function rowsOfFile(file: string, queue: string): MirroredJob[] {
  const database = new BetterSqlite(file, { readonly: true })
  try {
    return database
      .prepare<[string], Omit<MirroredJob, 'state'> & { state: number }>(
        `SELECT job.id, job.state, job.score, word.text AS name, job.added, job.started,
           job.finished, job.attempts, job.priority, job.message AS error
         FROM job JOIN queue ON queue.id = job.queue JOIN word ON word.id = job.name
         WHERE queue.name = ?`,
      )
      .all(queue)
      .map((row) => ({ ...row, state: jobStates[row.state] ?? 'unknown' }))
  } finally {
    database.close()
  }
}
