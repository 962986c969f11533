import type { Database } from 'better-sqlite3'
import { fingerprintOf } from '#shared/domain/fingerprint/fingerprint.ts'
import type { JobColumns } from './columns.ts'
import type { Change, Parts } from './parts.ts'
import { countedOf } from './write-jobs.ts'

const slice = 1000

interface Group {
  id: number
  fingerprint: string
  error_class: string | null
  message: string
  frame: string | null
}

/**
 * Splits a group by message: the failures of jobs that are still known move to groups of their own. What is
 * only counted (of jobs that ran again or were forgotten) stays. `change` runs a transaction.
 */
export function splitGroup(parts: Parts, fingerprint: string, change: Change): void {
  const group = groupWith(parts.database, fingerprint)
  if (group === null) return
  for (const table of ['job', 'gone_job'] as const) {
    const update = parts.database.prepare<[number | null, number]>(
      `UPDATE ${table} SET failure = ? WHERE key = ?`,
    )
    let after = -1
    for (let rows = rowsOf(parts.database, table, group.id, after); rows.length > 0;) {
      change(() => {
        for (const row of rows) update.run(moveToOwn(parts, row, group), row.key)
      })
      after = rows.at(-1)?.key ?? Number.MAX_SAFE_INTEGER
      rows = rowsOf(parts.database, table, group.id, after)
    }
  }
}

function rowsOf(
  database: Database,
  table: 'job' | 'gone_job',
  failure: number,
  after: number,
): JobColumns[] {
  return database
    .prepare<[number, number], JobColumns>(
      `SELECT * FROM ${table} WHERE failure = ? AND key > ? ORDER BY key LIMIT ${slice}`,
    )
    .all(failure, after)
}

/** @returns the row's own group, for which it is counted now. */
function moveToOwn({ groups, rollups }: Parts, row: JobColumns, group: Group): number | null {
  const message = row.message ?? ''
  const before = countedOf(row)
  const fingerprint = {
    id: group.fingerprint,
    errorClass: group.error_class,
    message: group.message,
    frame: group.frame,
  }
  const now = { ...row, failure: groups.idOf(fingerprint, message, row.finished ?? 0) }
  const counted = countedOf(now)
  if (before !== null) rollups.remove(before)
  if (counted !== null) rollups.add(counted)
  return now.failure
}

/** Puts what was split from a group back into it, with all that was counted. */
export function joinGroup(parts: Parts, fingerprint: string, change: Change): void {
  const { database, groups } = parts
  const own = database
    .prepare<[string], Group & { first_seen: number; last_seen: number }>(
      'SELECT * FROM failure_group WHERE split_from = ?',
    )
    .all(fingerprint)
  for (const group of own) {
    const { message } = fingerprintOf({ message: group.message })
    const base = { id: fingerprint, errorClass: group.error_class, message, frame: group.frame }
    const target = change(() => {
      const id = groups.idOf(base, message, group.last_seen)
      groups.seen(id, group.first_seen, group.last_seen)
      return id
    })
    for (const table of ['job', 'gone_job'] as const) {
      const move = database.prepare<[number, number]>(
        `UPDATE ${table} SET failure = ? WHERE key IN
           (SELECT key FROM ${table} WHERE failure = ? LIMIT ${slice})`,
      )
      while (change(() => move.run(target, group.id).changes) === slice) {
        // The next slice.
      }
    }
    change(() => moveCounts(database, group.id, target))
    groups.forget()
  }
}

function moveCounts(database: Database, from: number, to: number): void {
  database
    .prepare(
      `INSERT INTO failure_hour (failure, hour, queue, name, count)
       SELECT ?, hour, queue, name, count FROM failure_hour WHERE failure = ?
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    )
    .run(to, from)
  database
    .prepare(
      `INSERT INTO failure_user (failure, user, queue, name, count, last)
       SELECT ?, user, queue, name, count, last FROM failure_user WHERE failure = ?
       ON CONFLICT DO UPDATE SET count = count + excluded.count, last = max(last, excluded.last)`,
    )
    .run(to, from)
  database.prepare('DELETE FROM failure_hour WHERE failure = ?').run(from)
  database.prepare('DELETE FROM failure_user WHERE failure = ?').run(from)
  database
    .prepare<{ from: number; to: number }>(
      `UPDATE failure_group SET (stack, stack_at) =
         (SELECT stack, stack_at FROM failure_group WHERE id = @from)
       WHERE id = @to AND coalesce(stack_at, -1) <=
         coalesce((SELECT stack_at FROM failure_group WHERE id = @from), -2)`,
    )
    .run({ from, to })
  database.prepare('DELETE FROM failure_group WHERE id = ?').run(from)
}

function groupWith(database: Database, fingerprint: string): Group | null {
  return (
    database
      .prepare<[string], Group>('SELECT * FROM failure_group WHERE fingerprint = ?')
      .get(fingerprint) ?? null
  )
}
