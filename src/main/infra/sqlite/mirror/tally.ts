import type { Database } from 'better-sqlite3'
import { detail } from './columns.ts'
import { stateCount } from './states.ts'

/** Counts that would be too slow to ask the file for each time. */
export class Tally {
  readonly #states = new Map<number, number[]>()
  readonly #gone = new Map<number, number>()
  undetailed = 0
  tooLong = 0
  unindexed = 0
  rows = 0
  gone = 0

  load(database: Database): void {
    this.#states.clear()
    this.#gone.clear()
    this.rows = 0
    this.gone = 0
    const held = database
      .prepare<[], [number, number, number]>(
        'SELECT queue, state, count(*) FROM job GROUP BY queue, state',
      )
      .raw()
      .all()
    for (const [queue, state, count] of held) this.add(queue, state, count)
    const gone = database
      .prepare<[], [number, number]>('SELECT queue, count(*) FROM gone_job GROUP BY queue')
      .raw()
      .all()
    for (const [queue, count] of gone) this.addGone(queue, count)
    this.unindexed = counted(database, 'SELECT count(*) FROM unindexed')
    this.loadDetails(database)
  }

  loadDetails(database: Database): void {
    const count = (value: number) =>
      counted(database, `SELECT count(*) FROM job WHERE detailed = ${value}`)
    this.undetailed = count(detail.unread)
    this.tooLong = count(detail.tooLong)
  }

  add(queue: number, state: number, count: number): void {
    let states = this.#states.get(queue)
    if (states === undefined) {
      states = Array.from({ length: stateCount }, () => 0)
      this.#states.set(queue, states)
    }
    states[state] = (states[state] ?? 0) + count
    this.rows += count
  }

  /** Of a row of `job`, what its column `detailed` was and is; null where it was or is none. */
  detail(before: number | null, now: number | null): void {
    const change = (value: number) => (now === value ? 1 : 0) - (before === value ? 1 : 0)
    this.undetailed += change(detail.unread)
    this.tooLong += change(detail.tooLong)
  }

  addGone(queue: number, count: number): void {
    this.#gone.set(queue, (this.#gone.get(queue) ?? 0) + count)
    this.gone += count
  }

  of(queue: number): { states: readonly number[]; gone: number } {
    return { states: this.#states.get(queue) ?? [], gone: this.#gone.get(queue) ?? 0 }
  }
}

const counted = (database: Database, sql: string): number =>
  database.prepare<[], number>(sql).pluck().get() ?? 0
