import { jobStates, type JobState } from '#shared/domain/job-state.ts'
import type { QueueCensus, QueueMark, StreamPosition } from '../ports.ts'
import { Rush } from './rush.ts'
import { StreamLedger } from './stream-ledger.ts'

/** What a comparison is for. */
export interface Wanted {
  /** Everything that may have happened since then is read anew; null where only numbers differ. */
  since: number | null
  /** All ids are compared, whatever the numbers say. */
  whole: boolean
}

/** A queue that is left alone. */
export interface Deferral {
  at: number
  /** Jobs that were to be read then. */
  pending: number
  /** Entries ever added to its stream, as of then and as of the last look; null where Redis does not count them. */
  first: number | null
  last: { added: number; at: number } | null
}

/** Jobs in all states. */
export const sumOf = (counts: QueueCensus['counts']): number =>
  jobStates.reduce((sum, state) => sum + counts[state], 0)

/** What the synchronisation knows of one queue. */
export class QueueState {
  readonly queue: string
  library: QueueCensus['library']
  follow: 'stream' | 'polling'
  /** Of a queue that is followed by its stream. */
  ledger: StreamLedger | null
  readonly backfilled: QueueMark['backfilled']
  /** Jobs in Redis as of the last look. */
  held = 0
  /** Jobs there were to backfill, and those that were read. */
  backfill = { done: 0, total: 0 }
  /** When to look at its numbers. */
  dueAt = 0
  activeAt = Number.NEGATIVE_INFINITY
  lookedAt: number | null = null
  wanted: Wanted | null = null
  /** Something changed that polling alone does not see whole. */
  restless = false
  comparedAt = Number.NEGATIVE_INFINITY
  gaps = 0
  lastGapAt: number | null = null
  drift: number | null = null
  checkedAt: number | null
  streamLength: number | null = null
  /** Entries that Redis has beyond those read, as of the last look. */
  unread = 0
  /** All before it is written. */
  written: StreamPosition | null = null
  markedAt = 0
  sweptAt: number
  readonly rush = new Rush()
  /** Left alone, since too much happens: its numbers are looked at, it is neither followed nor backfilled. */
  deferred: Deferral | null = null
  /** Moves when something may have happened that nobody heard of. */
  epoch = 0
  /** Deferred again or not, the comparison that a deferral ended with is still to be made. */
  #owed = false
  /** What happened since then may have been missed, and is not yet read anew. */
  #unmended: number | null = null

  constructor(census: QueueCensus, mark: QueueMark | null, now: number) {
    this.queue = census.queue
    this.library = census.library
    this.follow = census.stream === null ? 'polling' : 'stream'
    const position = mark?.position ?? census.stream?.last ?? null
    this.ledger = position === null || census.stream === null ? null : new StreamLedger(position)
    this.written = this.ledger?.position ?? null
    this.backfilled = { ...mark?.backfilled }
    this.held = sumOf(census.counts)
    this.checkedAt = mark?.checkedAt ?? null
    this.sweptAt = mark?.checkedAt ?? now
  }

  get isBackfilled(): boolean {
    return jobStates.every((state) => this.backfilled[state] === 'done')
  }

  isDone(state: JobState): boolean {
    return this.backfilled[state] === 'done'
  }

  /** Asks for a comparison; the earliest moment counts. */
  want(since: number | null, { whole = false } = {}): void {
    const before = this.wanted?.since ?? null
    this.wanted = {
      since: since === null ? before : before === null ? since : Math.min(before, since),
      whole: whole || (this.wanted?.whole ?? false),
    }
    if (since !== null) this.#unmended = Math.min(since, this.#unmended ?? since)
  }

  /** Missed events are not yet made up for. */
  get isMending(): boolean {
    return this.#unmended !== null
  }

  /** A comparison is wanted, and not put off until a deferral ends. */
  get mayCompare(): boolean {
    return this.wanted !== null && (this.deferred === null || this.#owed)
  }

  /** Takes what is wanted, so that what comes up meanwhile is wanted once more. @returns what it is for. */
  beginComparison(now: number): Wanted {
    const wanted = this.wanted ?? { since: null, whole: false }
    this.wanted = null
    this.comparedAt = now
    this.#owed = false
    // What happens while it is made is not heard.
    if (this.deferred !== null) this.want(now)
    return wanted
  }

  /** A comparison was made to its end. */
  compared(): void {
    if ((this.wanted?.since ?? null) === null) this.#unmended = null
  }

  missed(now: number, since: number): void {
    this.epoch += 1
    this.gaps += 1
    this.lastGapAt = now
    this.want(since)
  }

  /** Too much happens for it to be read: left alone, and compared from `since` on when that is over. */
  defer(now: number, since: number, pending: number): void {
    if (this.deferred !== null) return
    this.epoch += 1
    this.deferred = { at: now, pending, first: this.ledger?.position.added ?? null, last: null }
    this.unread += pending
    this.dueAt = now
    this.want(since)
  }

  /** Its stream may not be read. */
  pollInstead(): void {
    if (this.follow === 'polling') return
    this.follow = 'polling'
    this.deferred = null
    this.unread = 0
    this.ledger = null
    this.written = null
    this.dueAt = 0
  }

  /** It has a stream now, of which all up to here is not to be read. */
  followStream(last: StreamPosition, since: number): void {
    this.follow = 'stream'
    this.#owed = this.deferred !== null
    this.deferred = null
    this.ledger = new StreamLedger(last)
    this.written = this.ledger.position
    this.unread = 0
    this.want(since)
  }

  /** All of it is to be read once more; what Redis does not have shows in the numbers after. */
  beginAnew(): void {
    // What is read of it right now goes on from where it is: what came before may have changed since.
    if (!this.isBackfilled) this.want(0)
    this.backfill = { done: 0, total: this.held }
    for (const state of jobStates) delete this.backfilled[state]
  }

  mark(): QueueMark {
    // A count that never fits: what comes after a crash finds the gap once more.
    const gap = this.#unmended === null ? null : { id: `${this.#unmended}-0`, added: -1 }
    return {
      queue: this.queue,
      library: this.library,
      position: this.written === null ? null : (gap ?? this.written),
      backfilled: { ...this.backfilled },
      checkedAt: this.checkedAt,
    }
  }
}
