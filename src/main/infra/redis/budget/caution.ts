const second = 1000
const minute = 60 * second
/** Later PINGs than this decide; the median of each earlier minute is a candidate for the usual. */
const window = minute
const rememberedMinutes = 10
/** Above the usual by more than this is slow, however slow the usual is. */
const slowBy = 20
const slowFactor = 3
/** Below this, three times the usual says more of our own event loop than of Redis. */
const noise = 10
/** The 99th percentile of a minute's PINGs is their slowest; one alone may be chance. */
const enough = 2
/** Between two steps down, and of calm before a step up. */
const downAfter = 5 * second
const upAfter = 15 * second
const slowest = 1 / 16

/**
 * How much of the ceiling background work may use, by what PING says of Redis: half as much each time
 * the 99th percentile of the last minute is over three times the usual (the least median of the last ten
 * minutes) or 20 ms above it, down to a sixteenth, and twice as much again after each quarter of a
 * minute of calm. Pure; times in milliseconds of a clock that never goes back.
 */
export class Caution {
  #pings: { at: number; latency: number }[] = []
  #medians: number[] = []
  #minute: { since: number; latencies: number[] } | null = null
  #part = 1
  #changedAt = Number.NEGATIVE_INFINITY

  /** 1 when there is no cause for caution. */
  get part(): number {
    return this.#part
  }

  observe(latency: number, now: number): void {
    this.#learn(latency, now)
    this.#pings.push({ at: now, latency })
    // After each step it is judged anew, or one bad moment would count for every step of a minute.
    const from = Math.max(now - window, this.#changedAt)
    this.#pings = this.#pings.filter(({ at }) => at > from)
    const limit = this.#limit()
    const slow = this.#pings.filter((ping) => ping.latency > limit).length >= enough
    const since = now - this.#changedAt
    if (slow && since >= downAfter) this.#step(Math.max(slowest, this.#part / 2), now)
    else if (!slow && this.#part < 1 && since >= upAfter) this.#step(this.#part * 2, now)
  }

  #step(part: number, now: number): void {
    this.#part = part
    this.#changedAt = now
  }

  #limit(): number {
    const current = this.#minute?.latencies ?? []
    const usual = Math.min(...this.#medians, ...(current.length === 0 ? [] : [median(current)]))
    return Math.min(usual + slowBy, Math.max(noise, slowFactor * usual))
  }

  #learn(latency: number, now: number): void {
    this.#minute ??= { since: now, latencies: [] }
    this.#minute.latencies.push(latency)
    if (now - this.#minute.since < minute) return
    this.#medians = [...this.#medians, median(this.#minute.latencies)].slice(-rememberedMinutes)
    this.#minute = null
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
