/** Entries of one stream in one reply. A reply is to stay near a megabyte. */
const fewest = 10
const most = 1000
const largeReply = 1_000_000
/** Milliseconds: what is heard of late is still heard before anybody looks again. */
const longestRest = 250
/**
 * A fraction of the entries that even a stream cut short holds, so that none is lost while we rest. The rest is made
 * for the rate so far; what a sudden rush cuts off meanwhile is a gap, and is mended as such.
 */
const gainedInRest = 250

/** What one reading of several streams brought. */
export interface StreamReply {
  bytes: number
  /** Entries of all streams, and of the one with most of them. */
  entries: number
  busiest: number
  /** Streams that had any. */
  streams: number
}

/**
 * How often streams are read, and how much of them at once. Each reading names all of them, which takes Redis
 * longer than finding what is new; one that waits is woken by the first entry of any. So after a reading that
 * found something there is a rest, in which the busiest stream gains only so many entries.
 */
export class StreamPace {
  /** Entries to ask for of each stream. */
  count = 100
  /** Milliseconds to leave Redis alone before the next reading. */
  rest = 0
  #readAt: number

  /** `now`: milliseconds of a clock that never goes back, here and below. */
  constructor(now: number) {
    this.#readAt = now
  }

  read({ bytes, entries, busiest, streams }: StreamReply, now: number): void {
    const since = now - this.#readAt
    this.#readAt = now
    const full = busiest >= this.count
    if (bytes > largeReply) this.count = Math.max(fewest, Math.floor(this.count / 2))
    else if (entries >= this.count * Math.max(1, streams * 0.5)) {
      this.count = Math.min(most, this.count * 2)
    }
    this.rest = busiest === 0 || full ? 0 : Math.min(longestRest, (gainedInRest * since) / busiest)
  }
}
