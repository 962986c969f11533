import { createHistogram } from 'node:perf_hooks'

/** Times of one kind of request, in milliseconds, kept to three significant digits. */
export class Times {
  // A histogram of Node holds integers, hence microseconds inside.
  readonly #microseconds = createHistogram({ figures: 3 })

  add(milliseconds: number) {
    this.#microseconds.record(Math.max(1, Math.round(milliseconds * 1000)))
  }

  get count(): number {
    return this.#microseconds.count
  }

  /** `share` is in percent: 50 is the median. */
  percentile(share: number): number {
    return this.#microseconds.percentile(share) / 1000
  }
}
