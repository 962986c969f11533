import type { GoneColumns } from './columns.ts'
import type { Change, Parts } from './parts.ts'
import { type Dictionary, dictionaries } from './schema.ts'

const slice = 1000
const hour = 60 * 60 * 1000
/** Days that failures are counted back. */
const failureDays = 90

/** Deletes rows gone before. @returns how many. */
export function sweepGone(parts: Parts, before: number, change: Change): number {
  const { database, jobs, tally } = parts
  const next = database.prepare<[number], Pick<GoneColumns, 'key' | 'queue'>>(
    `SELECT key, queue FROM gone_job WHERE gone < ? LIMIT ${slice}`,
  )
  let swept = 0
  for (let rows = next.all(before); rows.length > 0; rows = next.all(before)) {
    change(() => {
      for (const { key, queue } of rows) {
        jobs.removeGone(key)
        jobs.setPayload(key, null)
        tally.addGone(queue, -1)
      }
    })
    swept += rows.length
  }
  return swept
}

/** Deletes counts of failures that are too old, and groups that nothing speaks of any more. */
export function sweepFailures({ database, groups }: Parts, now: number, change: Change): void {
  const cutoff = now - failureDays * 24 * hour
  const old = database.prepare(
    `DELETE FROM failure_hour WHERE (failure, hour, queue, name) IN
       (SELECT failure, hour, queue, name FROM failure_hour WHERE hour < ? LIMIT ${slice})`,
  )
  const hours = Math.floor(cutoff / hour)
  while (change(() => old.run(hours).changes) === slice) {
    // The next slice.
  }
  change(() => {
    database.prepare('DELETE FROM failure_user WHERE last < ?').run(cutoff)
    const empty = database
      .prepare<[], number>(
        `SELECT id FROM failure_group AS g
         WHERE NOT EXISTS (SELECT 1 FROM failure_hour WHERE failure = g.id)
           AND NOT EXISTS (SELECT 1 FROM job WHERE failure = g.id)
           AND NOT EXISTS (SELECT 1 FROM gone_job WHERE failure = g.id)`,
      )
      .pluck()
      .all()
    for (const id of empty) {
      database.prepare('DELETE FROM failure_group WHERE id = ?').run(id)
      database.prepare('DELETE FROM failure_user WHERE failure = ?').run(id)
    }
    if (empty.length > 0) groups.forget()
  })
}

/** Where a field's words are spoken of beside the rows of jobs. */
const countedIn: Partial<Record<Dictionary, string>> = {
  user: 'SELECT user FROM failure_user',
  name: 'SELECT name FROM failure_hour UNION SELECT name FROM failure_user',
}

/** Forgets names and users of jobs that are all forgotten. Reads every row: for once a day. */
export function sweepWords({ database, words }: Parts, change: Change): void {
  for (const [field, column] of dictionaries.entries()) {
    const counted = countedIn[column]
    const unused = database
      .prepare<[number], number>(
        `SELECT id FROM word WHERE field = ? AND id NOT IN (
           SELECT ${column} FROM job WHERE ${column} IS NOT NULL
           UNION SELECT ${column} FROM gone_job WHERE ${column} IS NOT NULL
           ${counted === undefined ? '' : `UNION ${counted}`})`,
      )
      .pluck()
      .all(field)
    const remove = database.prepare<[number]>('DELETE FROM word WHERE id = ?')
    for (let from = 0; from < unused.length; from += slice) {
      change(() => {
        for (const id of unused.slice(from, from + slice)) remove.run(id)
      })
    }
    if (unused.length > 0) words.forget()
  }
}
