import { isConsoleError } from '#shared/errors.ts'
import type { EventBatch } from '../ports.ts'
import { pause } from '../../live-value.ts'
import type { SyncContext } from './context.ts'
import { timeOfEntry } from './entry-id.ts'
import type { QueueRoster } from './queue-roster.ts'
import type { QueueState } from './queue-state.ts'

/** Jobs of all queues that wait to be read; beyond, the queue with the most is deferred. */
const mostPending = 100_000
/** After a reading that failed. */
const again = 500

/** Hears from all streams what happens and notes it in the event book, however busy the rest is. */
export class Follower {
  readonly #context: SyncContext
  readonly #roster: QueueRoster
  readonly #heard: () => void
  #restart: AbortController | null = null
  /** When each stream had been read to its end; the streams that are read now. */
  #ends = new Map<string, number | null>()
  /** Redis does not let this user read streams. */
  denied = false

  /** `heard` is called after each batch. */
  constructor(context: SyncContext, roster: QueueRoster, heard: () => void) {
    this.#context = context
    this.#roster = roster
    this.#heard = heard
  }

  /** Everything told up to then was heard, of all streams; null while one was not yet read to its end. */
  get heardAt(): number | null {
    let least = Infinity
    for (const at of this.#ends.values()) {
      if (at === null) return null
      least = Math.min(least, at)
    }
    return Number.isFinite(least) ? least : null
  }

  /** There are other queues now. */
  renew(): void {
    this.#restart?.abort()
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const restart = new AbortController()
      this.#restart = restart
      const until = AbortSignal.any([signal, restart.signal])
      const positions = this.#roster.positions()
      const ends = this.#ends
      this.#ends = new Map([...positions.keys()].map((queue) => [queue, ends.get(queue) ?? null]))
      try {
        if (positions.size === 0) await pause(again, until)
        else
          for await (const batch of this.#context.source.follow(positions, until)) this.#take(batch)
      } catch (error) {
        this.#ends = new Map()
        if (isConsoleError(error) && error.code === 'PERMISSION_DENIED') {
          this.denied = true
          this.#heard()
          return
        }
        await pause(again, until)
      }
    }
    this.#ends = new Map()
  }

  #take({ events, asked, more }: EventBatch): void {
    const { book, now, ceiling } = this.#context
    const at = now()
    const read = new Map<string, { ids: string[]; before: number }>()
    for (const event of events) {
      const known = read.get(event.queue)
      if (known === undefined) {
        read.set(event.queue, { ids: [event.id], before: book.sizeOf(event.queue) })
      } else known.ids.push(event.id)
      book.add(event)
      // It removed some and does not say which.
      if (event.event === 'cleaned') this.#roster.get(event.queue)?.want(null)
    }
    for (const [queue, { ids, before }] of read) {
      const state = this.#roster.get(queue)
      if (state === undefined) continue
      state.activeAt = at
      state.dueAt = Math.min(state.dueAt, at + again)
      const missed = state.ledger?.read(ids) ?? null
      if (missed !== null) state.missed(at, timeOfEntry(missed))
      if (state.rush.add(book.sizeOf(queue) - before, ceiling(), at)) this.#defer(state, at)
    }
    while (book.size > mostPending) {
      const state = book.largest === null ? undefined : this.#roster.get(book.largest)
      if (state === undefined) break
      this.#defer(state, at)
    }
    for (const queue of asked) {
      if (this.#ends.has(queue) && !more.has(queue)) this.#ends.set(queue, at)
    }
    this.#heard()
  }

  /** What is known of it is known to be too little; it is compared when it is calm. */
  #defer(state: QueueState, at: number): void {
    const { book } = this.#context
    const pending = book.sizeOf(state.queue)
    state.defer(at, book.drop(state.queue) ?? at, pending)
    this.renew()
  }
}
