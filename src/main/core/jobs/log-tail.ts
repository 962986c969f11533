import type { LogPage } from '#shared/contract/jobs.ts'

/** So many of the last lines are remembered, to see that the log still stands where it stood. */
const remembered = 20

/**
 * Where a reader of a growing log is. Lines are numbered on however often the log is trimmed at its
 * beginning (`keepLogs`), which moves the others to lower indexes and may leave its length as it is.
 */
export class LogTail {
  /** Index in Redis of the next line. */
  #index: number
  /** How much higher that line's number is. */
  #trimmed = 0
  /** The lines before the next one, oldest first; null until the first look. */
  #seen: readonly string[] | null = null
  #more = false

  constructor(start: number) {
    this.#index = start
  }

  /** Where to read on: some lines before the next one. */
  get from(): number {
    return Math.max(0, this.#index - (this.#seen?.length ?? remembered))
  }

  /** The last look did not reach the end. */
  get more(): boolean {
    return this.#more
  }

  /**
   * New lines of a page read at `from`, null when there are none; `lost` when the log is not the one
   * that was known: then read its last lines and `resume`.
   */
  take(page: LogPage): LogPage | null | 'lost' {
    const overlap = this.#index - this.from
    const before = page.lines.slice(0, overlap)
    const lines = page.lines.slice(overlap)
    const changed = this.#seen !== null && before.some((line, at) => line !== this.#seen?.[at])
    if (page.total < this.#index || changed) return 'lost'
    this.#more = this.#index + lines.length < page.total
    // Of large lines a page may hold only those that were known: the next one begins behind them.
    this.#seen = before.length < overlap || (lines.length === 0 && this.#more) ? [] : before
    return this.#give(lines, page.total + this.#trimmed)
  }

  /**
   * New lines of a page of the log's last: those behind the ones that were known. Where none of these
   * is left, all are new: after a hole in the numbers, or from the beginning if the log is shorter.
   */
  resume(page: LogPage): LogPage | null {
    const count = newLines(this.#seen ?? [], page.lines)
    const next = this.#index + this.#trimmed
    const known = page.lines.slice(0, page.lines.length - (count ?? page.lines.length))
    const shorter = page.total < this.#index
    this.#index = page.start + known.length
    this.#trimmed = count === null ? (shorter ? 0 : next + 1 - this.#index) : next - this.#index
    this.#seen = known.slice(-remembered)
    this.#more = false
    return this.#give(page.lines.slice(known.length), page.total + this.#trimmed)
  }

  #give(lines: readonly string[], total: number): LogPage | null {
    if (lines.length === 0) return null
    const start = this.#index + this.#trimmed
    this.#index += lines.length
    this.#seen = [...(this.#seen ?? []), ...lines].slice(-remembered)
    return { start, lines: [...lines], total }
  }
}

/** How many of the last lines stand behind those that were seen; null when none of these is among them. */
function newLines(seen: readonly string[], lines: readonly string[]): number | null {
  for (let count = 0; count < lines.length; count += 1) {
    const end = lines.length - count
    const compared = Math.min(seen.length, end)
    if (compared === 0) return null
    const known = seen.slice(seen.length - compared)
    if (known.every((line, at) => line === lines[end - compared + at])) return count
  }
  return null
}
