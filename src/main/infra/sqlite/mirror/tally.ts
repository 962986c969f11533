import type { Database } from 'better-sqlite3'
import { stateCount } from './states.ts'

/** Counts that would be too slow to ask the file for each time. */
export class Tally {
  readonly #states = new Map<number, number[]>()
  readonly #gone = new Map<number, number>()
  undetailed = 0
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
    const count = (sql: string) => database.prepare<[], number>(sql).pluck().get() ?? 0
    this.undetailed = count('SELECT count(*) FROM job WHERE detailed = 0')
    this.unindexed = count('SELECT count(*) FROM unindexed')
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

  addGone(queue: number, count: number): void {
    this.#gone.set(queue, (this.#gone.get(queue) ?? 0) + count)
    this.gone += count
  }

  of(queue: number): { states: readonly number[]; gone: number } {
    return { states: this.#states.get(queue) ?? [], gone: this.#gone.get(queue) ?? 0 }
  }
}
