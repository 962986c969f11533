/** PINGs of a minute, one each second. */
const minute = 60
const baselines = 60
/** How many of the last answers decide: half of them slow makes it slow, none of them ends it. */
const recent = 10
const slowest = 20
const factor = 3

/** Until there is a minute's median, the least of so many first answers and more stands for it. */
const few = 5

/**
 * Whether answers take longer than this server's usual: over 20 ms and over three times the baseline,
 * which is the least median of a minute of the last hour. One slow answer says nothing; five of the last ten
 * do, until ten in a row were not.
 */
export class LatencyWatch {
  readonly #medians: number[] = []
  #minute: number[] = []
  #first = Number.POSITIVE_INFINITY
  #recent: boolean[] = []
  #slow = false

  get slow(): boolean {
    return this.#slow
  }

  /** Round trip of a PING, in milliseconds. */
  observe(latency: number): void {
    this.#minute.push(latency)
    if (this.#minute.length >= few) this.#first = Math.min(this.#first, median(this.#minute))
    const usual = this.#medians.length === 0 ? this.#first : Math.min(...this.#medians)
    this.#recent = [...this.#recent, latency > Math.max(slowest, factor * usual)].slice(-recent)
    const over = this.#recent.filter(Boolean).length
    this.#slow = this.#slow ? over > 0 : over >= recent / 2
    if (this.#minute.length < minute) return
    this.#medians.push(median(this.#minute))
    if (this.#medians.length > baselines) this.#medians.shift()
    this.#minute = []
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
