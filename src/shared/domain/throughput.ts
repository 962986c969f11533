/** What a queue's counters said at one moment. */
export interface ThroughputSample {
  /** Milliseconds since the epoch. */
  at: number
  /** The counter that every added job moves by one; null when the queue has none yet. */
  added: number | null
  /** Jobs that are neither completed nor failed. */
  backlog: number
}

export interface Throughput {
  /** Jobs per minute; null until watched long enough. */
  rateIn: number | null
  rateOut: number | null
}

const window = 60_000
const shortest = 5000
/** However often a queue is read, no more samples are kept than one a second, and the newest. */
const apart = 1000

/**
 * Keeps the samples of the last minute, and the one before them so that the window is full. Starts
 * again when the counter ran backwards: the queue was emptied and made anew.
 */
export function withSample(
  samples: readonly ThroughputSample[],
  sample: ThroughputSample,
): ThroughputSample[] {
  const last = samples.at(-1)
  if (last !== undefined && (last.added ?? 0) > (sample.added ?? 0)) return [sample]
  const before = samples.at(-2)
  const crowded = last !== undefined && before !== undefined && last.at - before.at < apart
  const kept = crowded ? samples.slice(0, -1) : samples
  const from = kept.findLastIndex(({ at }) => at <= sample.at - window)
  return [...kept.slice(Math.max(0, from)), sample]
}

/**
 * Rates over the samples of `withSample`. What came in is the counter's change; what went out is the
 * larger of what Redis still keeps as finished in the last minute (`finished`) and what the backlog
 * says: what came in less what the backlog grew by. The first misses jobs that are removed when they
 * finish, the second those retried or removed by hand.
 */
export function throughput(
  samples: readonly ThroughputSample[],
  finished: number | null,
): Throughput {
  const [first] = samples
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.at - first.at < shortest) {
    return { rateIn: null, rateOut: null }
  }
  const perMinute = window / (last.at - first.at)
  const added = (last.added ?? 0) - (first.added ?? 0)
  const left = added - (last.backlog - first.backlog)
  return { rateIn: added * perMinute, rateOut: Math.max(finished ?? 0, left * perMinute, 0) }
}

/** Failed share of what finished, 0 to 1; null when nothing did. */
export function failureShare(failed: number, completed: number): number | null {
  const finished = failed + completed
  return finished > 0 ? failed / finished : null
}
