/** How soon, in milliseconds, each time later until it has been well for a while. */
const first = 2000
const longest = 30_000
const wellFor = 60_000
const forLock = 2000

/** Tries again what failed and may pass by itself. */
export class Retry {
  readonly #again: () => void
  #timer: NodeJS.Timeout | undefined
  #next = first
  #failedAt = Number.NEGATIVE_INFINITY
  #stopped = false

  constructor(again: () => void) {
    this.#again = again
  }

  failed(mayPass: boolean): void {
    const now = performance.now()
    if (now - this.#failedAt > wellFor) this.#next = first
    this.#failedAt = now
    if (!mayPass) return
    this.#after(this.#next)
    this.#next = Math.min(longest, 2 * this.#next)
  }

  /** Another holds the lock, and may end at any time. */
  forLock(): void {
    this.#after(forLock)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #after(time: number): void {
    clearTimeout(this.#timer)
    if (this.#stopped) return
    this.#timer = setTimeout(this.#again, time)
    this.#timer.unref()
  }
}
