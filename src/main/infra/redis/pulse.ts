/** A wall clock this much further than the timer tells of a machine that slept. */
const sleep = 10_000

/** Beats each `every` milliseconds, and tells when the machine has slept meanwhile. */
export class Pulse {
  readonly #beat: () => void
  readonly #slept: () => void
  readonly #every: number
  #timer: NodeJS.Timeout | null = null
  #lastAt = 0

  constructor(options: { every: number; beat: () => void; slept: () => void }) {
    this.#every = options.every
    this.#beat = options.beat
    this.#slept = options.slept
  }

  start(): void {
    if (this.#timer !== null) return
    this.#lastAt = Date.now()
    this.#timer = setInterval(() => this.#tick(), this.#every)
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  #tick(): void {
    const now = Date.now()
    const slept = now - this.#lastAt > this.#every + sleep
    this.#lastAt = now
    if (slept) this.#slept()
    else this.#beat()
  }
}
