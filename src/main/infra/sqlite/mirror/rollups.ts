import type { Database } from 'better-sqlite3'
import { instantOf } from './keys.ts'
import type { FailureGroups } from './failure-groups.ts'

const hour = 60 * 60 * 1000

/** A failure as it counts: once for each time that a job failed. */
export interface CountedFailure {
  failure: number
  /** When the job finished. */
  at: number
  queue: number
  name: number
  user: number | null
}

interface UserCount extends Omit<CountedFailure, 'user' | 'at'> {
  user: number
  count: number
  last: number
}

interface HourCount extends Omit<CountedFailure, 'user' | 'at'> {
  hour: number
  count: number
}

/**
 * Counts of failures by hour and by user. Gathered during a transaction and written at its end, since a
 * batch mostly counts the same few. A row of `job` or `gone_job` that has a failure is counted once with the
 * user it has; what a row was counted for before it ran again stays as it is.
 */
export class Rollups {
  readonly #groups: FailureGroups
  readonly #hours = new Map<string, HourCount>()
  readonly #users = new Map<string, UserCount>()
  readonly #seen = new Map<number, { first: number; last: number }>()
  /** Groups that failures were taken from. */
  readonly #left = new Set<number>()
  readonly #stacks = new Map<number, { stack: string; at: number }>()
  readonly #statements

  constructor(database: Database, groups: FailureGroups) {
    this.#groups = groups
    this.#statements = statementsOf(database)
  }

  add(failed: CountedFailure): void {
    this.#count(failed, 1)
    const at = instantOf(failed.at)
    const seen = this.#seen.get(failed.failure)
    if (seen === undefined) this.#seen.set(failed.failure, { first: at, last: at })
    else {
      seen.first = Math.min(seen.first, at)
      seen.last = Math.max(seen.last, at)
    }
  }

  /** It was counted under what it is not: for a group or user that became known better. */
  remove(failed: CountedFailure): void {
    this.#count(failed, -1)
    this.#left.add(failed.failure)
  }

  /** A group that may count nothing. */
  check(failure: number): void {
    this.#left.add(failure)
  }

  /** A stack of a group, of which the newest is kept. */
  keepStack(failure: number, stack: string, at: number): void {
    if ((this.#stacks.get(failure)?.at ?? -1) <= at) this.#stacks.set(failure, { stack, at })
  }

  /** Within the transaction. */
  flush(): void {
    for (const [group, { first, last }] of this.#seen) this.#groups.seen(group, first, last)
    for (const [group, { stack, at }] of this.#stacks) this.#groups.keepStack(group, stack, at)
    for (const { failure, hour, queue, name, count } of this.#hours.values()) {
      if (count > 0) this.#statements.addHour.run(failure, hour, queue, name, count)
      else if (count < 0) {
        this.#statements.takeHour.run(-count, failure, hour, queue, name)
        this.#statements.emptyHour.run(failure, hour, queue, name)
      }
    }
    for (const { failure, user, queue, name, count, last } of this.#users.values()) {
      if (count > 0) this.#statements.addUser.run(failure, user, queue, name, count, last)
      else if (count < 0) {
        this.#statements.takeUser.run(-count, failure, user, queue, name)
        this.#statements.emptyUser.run(failure, user, queue, name)
      }
    }
    for (const failure of this.#left) this.#afterLeaving(failure)
    this.forget()
  }

  forget(): void {
    this.#hours.clear()
    this.#users.clear()
    this.#seen.clear()
    this.#stacks.clear()
    this.#left.clear()
  }

  #count({ failure, at, queue, name, user }: CountedFailure, by: number): void {
    const instant = instantOf(at)
    const ofHour = Math.floor(instant / hour)
    const key = `${failure}.${ofHour}.${queue}.${name}`
    const counted = this.#hours.get(key)
    if (counted === undefined) {
      this.#hours.set(key, { failure, hour: ofHour, queue, name, count: by })
    } else counted.count += by
    if (user === null) return
    const userKey = `${failure}.${user}.${queue}.${name}`
    const ofUser = this.#users.get(userKey)
    if (ofUser === undefined) {
      const last = by > 0 ? instant : 0
      this.#users.set(userKey, { failure, user, queue, name, count: by, last })
    } else {
      ofUser.count += by
      if (by > 0) ofUser.last = Math.max(ofUser.last, instant)
    }
  }

  /** A group that failures were taken from: gone with its last one, else its times are told by the others. */
  #afterLeaving(failure: number): void {
    const { edges, drop, dropUsers, setSpan } = this.#statements
    const found = edges.get({ failure })
    if (found === undefined) return
    const { first, last, firstRow, lastRow, firstSeen, lastSeen, referred } = found
    if (first === null || last === null) {
      if (referred === 1) return
      drop.run(failure)
      dropUsers.run(failure)
      this.#groups.forget()
      return
    }
    // Exact where the job is still there, else to the hour.
    setSpan.run(
      firstRow !== null && firstRow < (first + 1) * hour
        ? firstRow
        : Math.max(firstSeen, first * hour),
      lastRow !== null && lastRow >= last * hour
        ? lastRow
        : Math.min(lastSeen, (last + 1) * hour - 1),
      failure,
    )
  }
}

interface Edges {
  first: number | null
  last: number | null
  firstRow: number | null
  lastRow: number | null
  firstSeen: number
  lastSeen: number
  referred: 0 | 1
}

function statementsOf(database: Database) {
  return {
    addHour: database.prepare<[number, number, number, number, number]>(
      `INSERT INTO failure_hour (failure, hour, queue, name, count) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    ),
    takeHour: database.prepare<[number, number, number, number, number]>(
      `UPDATE failure_hour SET count = count - ?
       WHERE failure = ? AND hour = ? AND queue = ? AND name = ?`,
    ),
    addUser: database.prepare<[number, number, number, number, number, number]>(
      `INSERT INTO failure_user (failure, user, queue, name, count, last) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count, last = max(last, excluded.last)`,
    ),
    takeUser: database.prepare<[number, number, number, number, number]>(
      `UPDATE failure_user SET count = count - ?
       WHERE failure = ? AND user = ? AND queue = ? AND name = ?`,
    ),
    emptyHour: database.prepare<[number, number, number, number]>(
      `DELETE FROM failure_hour
       WHERE failure = ? AND hour = ? AND queue = ? AND name = ? AND count <= 0`,
    ),
    emptyUser: database.prepare<[number, number, number, number]>(
      `DELETE FROM failure_user
       WHERE failure = ? AND user = ? AND queue = ? AND name = ? AND count <= 0`,
    ),
    edges: database.prepare<[{ failure: number }], Edges>(
      `SELECT
         (SELECT min(hour) FROM failure_hour WHERE failure = @failure) AS first,
         (SELECT max(hour) FROM failure_hour WHERE failure = @failure) AS last,
         (SELECT finished FROM job WHERE failure = @failure ORDER BY key LIMIT 1) AS firstRow,
         (SELECT finished FROM job WHERE failure = @failure ORDER BY key DESC LIMIT 1) AS lastRow,
         first_seen AS firstSeen, last_seen AS lastSeen,
         EXISTS (SELECT 1 FROM job WHERE failure = @failure)
           OR EXISTS (SELECT 1 FROM gone_job WHERE failure = @failure) AS referred
       FROM failure_group WHERE id = @failure`,
    ),
    setSpan: database.prepare<[number, number, number]>(
      'UPDATE failure_group SET first_seen = ?, last_seen = ? WHERE id = ?',
    ),
    drop: database.prepare<[number]>('DELETE FROM failure_group WHERE id = ?'),
    dropUsers: database.prepare<[number]>('DELETE FROM failure_user WHERE failure = ?'),
  }
}
