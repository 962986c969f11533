import type { Database } from 'better-sqlite3'
import type { JobColumns } from './columns.ts'
import type { FailureGroups } from './failure-groups.ts'
import type { Rollups } from './rollups.ts'
import { failedState } from './states.ts'

type FailedRow = Pick<
  JobColumns,
  'key' | 'queue' | 'name' | 'user' | 'state' | 'finished' | 'message' | 'failure'
>

/**
 * Failures that were written alone, by a backfill in haste: without a group and counted nowhere. Their
 * details are always still to be read. All within a transaction.
 */
export class Ungrouped {
  readonly #groups: FailureGroups
  readonly #rollups: Rollups
  readonly #next
  readonly #set
  /** All with this key or a greater one have their group. */
  #below = Number.MAX_SAFE_INTEGER

  constructor(database: Database, groups: FailureGroups, rollups: Rollups) {
    this.#groups = groups
    this.#rollups = rollups
    this.#next = database.prepare<[number, number, number], FailedRow>(
      `SELECT key, queue, name, user, state, finished, message, failure
       FROM job INDEXED BY job_undetailed
       WHERE detailed = 0 AND state = ? AND key < ? ORDER BY key DESC LIMIT ?`,
    )
    this.#set = database.prepare<[number | null, number]>(
      'UPDATE job SET failure = ? WHERE key = ?',
    )
  }

  /** A row was written that has no group. */
  add(key: number): void {
    if (key >= this.#below) this.#below = key + 1
  }

  /** The row with its group, by its message, for which it is counted now; the same where it has one or needs none. */
  grouped<Row extends FailedRow>(row: Row): Row {
    const { failure, state, finished, message, queue, name, user } = row
    if (failure !== null || state !== failedState || finished === null) return row
    const group = this.#groups.idOfMessage(message ?? '', finished)
    this.#rollups.add({ failure: group, at: finished, queue, name, user })
    return { ...row, failure: group }
  }

  /** Looks at so many of the newest, and groups those that are not. @returns whether there may be more. */
  group(limit: number): boolean {
    if (this.#below < 0) return false
    const rows = this.#next.all(failedState, this.#below, limit)
    // Ascending, as the index they come into is filled best.
    for (const row of rows.toReversed()) {
      const { failure } = this.grouped(row)
      if (failure !== row.failure) this.#set.run(failure, row.key)
    }
    this.#below = rows.length < limit ? -1 : (rows.at(-1)?.key ?? -1)
    return this.#below >= 0
  }

  /** After a transaction that failed. */
  forget(): void {
    this.#below = Number.MAX_SAFE_INTEGER
  }
}
