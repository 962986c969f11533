const hour = 60 * 60 * 1000

/** Figures are kept per hour: a window is widened to whole ones. */
export class FailureWindow {
  readonly #from: number
  readonly #length: number
  readonly bars: number
  /** Hours of the Unix epoch: from the first, and before the other. */
  readonly firstHour: number
  readonly endHour: number

  constructor({ from, to, bars }: { from: number; to: number; bars: number }) {
    this.#from = from
    this.#length = Math.max(1, to - from)
    this.bars = bars
    this.firstHour = Math.floor(from / hour)
    this.endHour = Math.ceil(to / hour)
  }

  get start(): number {
    return this.firstHour * hour
  }

  barOf(hourOfEpoch: number): number {
    const bar = Math.floor(((hourOfEpoch * hour - this.#from) / this.#length) * this.bars)
    return Math.max(0, Math.min(this.bars - 1, bar))
  }
}

/** Latest moment of an hour. */
export const endOfHour = (hourOfEpoch: number): number => (hourOfEpoch + 1) * hour - 1

export interface Place {
  queue: number
  name: number
  count: number
}

/** Failures within a window, over its time. */
export class FailureTrend {
  count = 0
  readonly trend: number[]
  readonly #window: FailureWindow

  constructor(window: FailureWindow) {
    this.#window = window
    this.trend = Array.from({ length: window.bars }, () => 0)
  }

  add(hourOfEpoch: number, count: number): void {
    const bar = this.#window.barOf(hourOfEpoch)
    this.count += count
    this.trend[bar] = (this.trend[bar] ?? 0) + count
  }
}

/** Failures of a group, or of several together, within a window. */
export class FailureSum extends FailureTrend {
  readonly #places = new Map<string, Place>()

  addAt(hourOfEpoch: number, { queue, name }: Omit<Place, 'count'>, count: number): void {
    this.add(hourOfEpoch, count)
    const key = `${queue} ${name}`
    const place = this.#places.get(key)
    if (place === undefined) this.#places.set(key, { queue, name, count })
    else place.count += count
  }

  /** The busiest first. */
  get places(): Place[] {
    return [...this.#places.values()].sort((one, other) => other.count - one.count)
  }
}
