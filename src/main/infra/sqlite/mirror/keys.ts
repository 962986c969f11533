import type { Database } from 'better-sqlite3'
import { keyTies } from './schema.ts'

/** Latest time a key can hold, with room behind it for those that spill over. */
export const lastInstant = Math.floor(Number.MAX_SAFE_INTEGER / keyTies) - 1_000_000

/** Milliseconds remembered between two looks at the file. */
const remembered = 50_000

/** A time as a key can hold it: whole, and within what a number holds exactly. */
export function instantOf(at: number): number {
  return Math.min(lastInstant, Math.max(0, Math.floor(at)))
}

/**
 * Hands out keys that neither `job` nor `gone_job` holds. A millisecond with more jobs than ties goes on in
 * the next one that has room, found in one step however many are full.
 */
export class Keys {
  readonly #highest
  /** Milliseconds that a key is at most later than what it was asked for. */
  spill: number
  /** The next tie of a millisecond. */
  readonly #next = new Map<number, number>()
  /** Of a full millisecond: one after it that may have room. */
  readonly #spill = new Map<number, number>()

  constructor(database: Database, spill: number) {
    this.spill = spill
    this.#highest = database
      .prepare<[number, number, number, number], number | null>(
        `SELECT max(
           coalesce((SELECT max(key) FROM job WHERE key >= ? AND key < ?), -1),
           coalesce((SELECT max(key) FROM gone_job WHERE key >= ? AND key < ?), -1))`,
      )
      .pluck()
  }

  take(at: number): number {
    const asked = instantOf(at)
    let instant = this.#roomFrom(asked)
    for (;;) {
      const tie = this.#next.get(instant) ?? this.#lookUp(instant)
      if (tie < keyTies) {
        this.#next.set(instant, tie + 1)
        this.spill = Math.max(this.spill, instant - asked)
        return instant * keyTies + tie
      }
      this.#next.delete(instant)
      this.#spill.set(instant, instant + 1)
      instant = this.#roomFrom(instant + 1)
    }
  }

  /** One that may be taken already: for a row that is written only where it is free. */
  guess(at: number): number {
    const instant = instantOf(at)
    return this.#next.has(instant) || this.#spill.has(instant) ? this.take(at) : instant * keyTies
  }

  forget(): void {
    this.#next.clear()
    this.#spill.clear()
  }

  #lookUp(instant: number): number {
    if (this.#next.size + this.#spill.size > remembered) this.forget()
    const [from, to] = [instant * keyTies, (instant + 1) * keyTies]
    const highest = this.#highest.get(from, to, from, to) ?? -1
    return highest === -1 ? 0 : highest - from + 1
  }

  /** Follows full milliseconds to their end, and makes the way there short for the next. */
  #roomFrom(instant: number): number {
    let room = instant
    for (let next = this.#spill.get(room); next !== undefined; next = this.#spill.get(room)) {
      room = next
    }
    for (let step = instant; step !== room;) {
      const next = this.#spill.get(step) ?? room
      this.#spill.set(step, room)
      step = next
    }
    return room
  }
}
