import type { StreamPosition } from '../ports.ts'
import { compareEntryIds } from './entry-id.ts'

/** More entries than these between two looks, and the next look begins the count anew. */
const longestMemory = 200_000

/** What Redis says of a stream. */
export interface StreamLook {
  last: StreamPosition
  /** Id of the oldest entry; null when there is none. */
  first: string | null
}

/**
 * Whether every entry of a stream was read. A stream is cut at its producers' will, so entries may be gone
 * before they are read, and nothing says so. Redis counts how many were ever added: between two looks as many
 * must be read. Before Redis 7, which does not count, a gap is seen when the oldest entry is newer than the
 * last one read.
 */
export class StreamLedger {
  /** Up to here is known what was read and what was missed. */
  #base: StreamPosition
  #position: string
  /** Ids read since the base, oldest first. */
  #since: string[] = []
  #overflowed = false
  #pending: StreamPosition | null = null

  constructor(position: StreamPosition) {
    this.#base = position
    this.#position = position.id
  }

  /** Up to where all was read, with the count of all entries up to it where it is known. */
  get position(): StreamPosition {
    const { added } = this.#base
    const known = added !== null && !this.#overflowed
    return { id: this.#position, added: known ? added + this.#since.length : null }
  }

  /**
   * Entries that were read, in their order. @returns the id after which some turn out to be missed, as `look`
   * does; null where none were.
   */
  read(ids: readonly string[]): string | null {
    for (const id of ids) {
      if (compareEntryIds(id, this.#position) <= 0) continue
      this.#position = id
      if (!this.#overflowed) this.#since.push(id)
    }
    if (this.#since.length > longestMemory) {
      this.#overflowed = true
      this.#since = []
    }
    return this.#settle()
  }

  /**
   * What Redis says now; it may have to wait for what is read next. `asked` is the id that had been read when
   * it was asked: a stream that ends before that is another one.
   */
  look({ last, first }: StreamLook, asked: string = this.#position): string | null {
    if (compareEntryIds(last.id, asked) < 0) {
      // As after a restart of Redis from an older copy of its data.
      this.#restart(last)
      return last.id
    }
    if (last.added === null) return this.#lookAtFirst(last, first)
    this.#pending ??= last
    return this.#settle()
  }

  #lookAtFirst(last: StreamPosition, first: string | null): string | null {
    const position = this.#position
    const unread = compareEntryIds(last.id, position) > 0
    const missed = unread && (first === null || compareEntryIds(first, position) > 0)
    return missed ? position : null
  }

  /** Judges the look that waits until all it counted is read. */
  #settle(): string | null {
    const look = this.#pending
    if (look === null || look.added === null) return null
    if (compareEntryIds(look.id, this.#position) > 0) return null
    this.#pending = null
    const { id: verified, added } = this.#base
    const later = this.#since.findIndex((id) => compareEntryIds(id, look.id) > 0)
    const read = later === -1 ? this.#since.length : later
    const missed = !this.#overflowed && added !== null && added + read !== look.added
    this.#since = this.#since.slice(read)
    this.#overflowed = false
    this.#base = look
    return missed ? verified : null
  }

  #restart(at: StreamPosition): void {
    this.#base = at
    this.#position = at.id
    this.#since = []
    this.#overflowed = false
    this.#pending = null
  }
}
