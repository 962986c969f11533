import type { MirrorFile } from '../mirror-file.ts'
import type { Asked } from './asked.ts'

/** Milliseconds that one slice should take: what a call waits for at most. */
const slice = 15
/** Share of the time that calls may take before the text index waits. */
const busyShare = 0.35
/** Milliseconds since details were written within which more of them are expected. */
const detailsPause = 3000
/** Milliseconds since a query within which more are expected: then only every fourth moment is taken. */
const askedPause = 1000
const askedShare = 1 / 4
/**
 * With so few rows that wait, whoever asks is served best by having them in the index soon, since each of them is
 * looked at meanwhile: every other moment is taken for them, whether or not their details are still to come.
 */
const fewWaiting = 20_000
const soonBusyShare = 0.7
/** Rows that are indexed together, unless they have waited for so many milliseconds: each slice has its own cost. */
const gathered = 200
const gatherPause = 250
const fewest = 25
const most = 1500

/**
 * Groups failures that a backfill left alone, then puts text into the index, when nobody asks for anything else:
 * in slices, and none while the thread is busy, so that what is read of Redis never waits for it.
 */
export class IdleText {
  readonly #file: MirrorFile
  readonly #asked: Asked
  #askedCount = 0
  #askedAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null
  /** Share of the last second or so that calls took. */
  #share = 0
  #sharedAt = performance.now()
  #detailsAt = Number.NEGATIVE_INFINITY
  #indexedAt = Number.NEGATIVE_INFINITY
  #limit = 100
  #groupLimit = 200
  #grouping = true
  #merging = true

  constructor(file: MirrorFile, asked: Asked) {
    this.#file = file
    this.#asked = asked
  }

  /** After each call. */
  called(method: string, took: number): void {
    const now = performance.now()
    this.#decay(now)
    this.#share += took / 1000
    if (method === 'writeDetails') this.#detailsAt = now
    if (method.startsWith('write') || method === 'open' || method === 'rebuild') {
      this.#merging = true
      this.#grouping = true
    }
    this.#plan(1)
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #plan(wait: number): void {
    if (this.#timer !== null || !this.#file.isOpen) return
    this.#timer = setTimeout(() => this.#work(), wait)
    this.#timer.unref()
  }

  #work(): void {
    this.#timer = null
    if (!this.#file.isOpen) return
    const began = performance.now()
    this.#decay(began)
    const { unindexed } = this.#file.counts()
    const soon = unindexed <= fewWaiting
    if (this.#share > (soon ? soonBusyShare : busyShare)) {
      this.#plan(100)
      return
    }
    try {
      const waits = this.#step(began, unindexed)
      if (waits === null) return
      // As long as calls come, they get at least every other moment.
      const took = performance.now() - began
      const isAsked = this.#isAsked(began)
      const share = isAsked && !soon ? askedShare : isAsked || this.#share > 0.01 ? 1 / 2 : 1
      this.#plan(Math.max(waits, took / share - took))
    } catch {
      // The next call meets the same trouble and tells it.
    }
  }

  /** Whoever asks the mirror needs the processor more. */
  #isAsked(now: number): boolean {
    const { count } = this.#asked
    if (count !== this.#askedCount) this.#askedAt = now
    this.#askedCount = count
    return now - this.#askedAt < askedPause
  }

  /** @returns milliseconds to wait before the next one; null when there is nothing to do. */
  #step(began: number, before: number): number | null {
    if (this.#grouping) {
      this.#grouping = this.#file.groupFailures(this.#groupLimit)
      if (this.#grouping) this.#groupLimit = adapted(this.#groupLimit, performance.now() - began)
      return 0
    }
    if (before > 0) {
      const pause = this.#indexedAt + gatherPause - began
      if (before < gathered && pause > 0) return pause
      this.#indexedAt = began
      const detailed = before > fewWaiting && began - this.#detailsAt < detailsPause
      const left = this.#file.indexText(this.#limit, detailed)
      const took = performance.now() - began
      const done = before - left
      if (done === 0) return 500
      if (done === this.#limit) this.#limit = adapted(this.#limit, took)
    }
    if (this.#merging) this.#merging = this.#file.mergeText() || before > 0
    this.#file.tidy()
    return before > 0 || this.#merging ? 0 : null
  }

  #decay(now: number): void {
    this.#share *= Math.exp(-(now - this.#sharedAt) / 1000)
    this.#sharedAt = now
  }
}

function adapted(limit: number, took: number): number {
  const aimed = (limit * slice) / Math.max(took, 1)
  return Math.round(Math.min(most, Math.max(fewest, (limit + aimed) / 2)))
}
