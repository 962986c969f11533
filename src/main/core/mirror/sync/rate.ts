const span = 10_000

/** How many a second of late, by what was counted in the last ten seconds. Times in milliseconds. */
export class Rate {
  #counted: { at: number; count: number }[] = []

  add(count: number, at: number): void {
    const last = this.#counted.at(-1)
    if (last !== undefined && at - last.at < 100) last.count += count
    else this.#counted.push({ at, count })
    this.#counted = this.#counted.filter((counted) => at - counted.at < span)
  }

  /** Null until it has counted for a second. */
  perSecond(now: number): number | null {
    const [first] = this.#counted
    if (first === undefined || now - first.at < 1000) return null
    const recent = this.#counted.filter((counted) => now - counted.at < span)
    const since = Math.min(span, now - first.at)
    return (recent.reduce((sum, { count }) => sum + count, 0) * 1000) / since
  }
}
