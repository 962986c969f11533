const span = 60_000

/** Calls and microseconds of one command. */
interface Work {
  calls: number
  usec: number
}

type Stats = ReadonlyMap<string, Work>

/** The commands of INFO commandstats, by name, those of containers as `client|list` (Redis 7). */
export function parseCommandStats(info: string): Stats {
  const stats = new Map<string, Work>()
  for (const [, name = '', calls, usec] of info.matchAll(
    /^cmdstat_([^:]+):calls=(\d+),usec=(\d+)/gm,
  )) {
    stats.set(name.toLowerCase(), { calls: Number(calls), usec: Number(usec) })
  }
  return stats
}

interface Interval {
  at: number
  redis: Stats
  own: ReadonlyMap<string, number>
}

/**
 * This console's part of Redis' working time over the last minute.
 *
 * An estimate: Redis tells how often each command ran and how long all its runs took, but not for whom.
 * So an own call counts as long as the mean of all calls of that command in the same time, which is too
 * much where others' calls are heavier (an `eval` of theirs) and too little where ours are. What scripts
 * call inside counts twice in the whole, as Redis itself counts it.
 */
export class CpuShare {
  /** By server: what it said last. */
  readonly #last = new Map<string, Stats>()
  #own = new Map<string, number>()
  #intervals: Interval[] = []
  #told = true

  /** One command was sent; `name` as parsed stats call it. */
  sent(name: string): void {
    this.#own.set(name, (this.#own.get(name) ?? 0) + 1)
  }

  /** INFO of one server (each master of a cluster); null when it would not say. */
  told(server: string, info: string | null, now: number): void {
    const stats = info === null ? null : parseCommandStats(info)
    this.#told = stats !== null && stats.size > 0
    if (stats === null || !this.#told) {
      this.#last.delete(server)
      return
    }
    const before = this.#last.get(server)
    this.#last.set(server, stats)
    const redis = before === undefined ? null : between(before, stats)
    const own = this.#own
    this.#own = new Map()
    // The first word, or a restart: there is nothing yet to set own calls against.
    if (redis !== null) this.#intervals.push({ at: now, redis, own })
    this.#intervals = this.#intervals.filter(({ at }) => now - at < span)
  }

  /** What was said last is of another time, or of another server by the same name. */
  forget(): void {
    this.#last.clear()
  }

  /** 0 to 1; null before the second word, and when Redis does not tell. */
  share(): number | null {
    if (!this.#told || this.#intervals.length === 0) return null
    const work = new Map<string, Work>()
    const own = new Map<string, number>()
    let whole = 0
    for (const interval of this.#intervals) {
      for (const [name, { calls, usec }] of interval.redis) {
        const sum = work.get(name) ?? { calls: 0, usec: 0 }
        work.set(name, { calls: sum.calls + calls, usec: sum.usec + usec })
        whole += usec
      }
      for (const [name, calls] of interval.own) own.set(name, (own.get(name) ?? 0) + calls)
    }
    if (whole === 0) return 0
    let ours = 0
    for (const [name, calls] of own) {
      // Before Redis 7 the commands of a container are counted as one.
      const ran = work.get(name) ?? work.get(name.split('|')[0] ?? name)
      if (ran !== undefined && ran.calls > 0) ours += Math.min(1, calls / ran.calls) * ran.usec
    }
    return Math.min(1, ours / whole)
  }
}

/** What was done from one word to the next; null when the counters began anew. */
function between(before: Stats, after: Stats): Stats | null {
  const done = new Map<string, Work>()
  for (const [name, { calls, usec }] of after) {
    const from = before.get(name) ?? { calls: 0, usec: 0 }
    if (calls < from.calls || usec < from.usec) return null
    if (calls > from.calls) done.set(name, { calls: calls - from.calls, usec: usec - from.usec })
  }
  return done
}
