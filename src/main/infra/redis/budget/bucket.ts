/**
 * Fills by `rate` a second up to `capacity` and may be overdrawn. Times are milliseconds of any clock
 * that never goes back.
 */
export class Bucket {
  #rate: number
  #capacity: number
  #level: number
  #at: number

  constructor(rate: number, capacity: number, now: number) {
    this.#rate = rate
    this.#capacity = capacity
    this.#level = capacity
    this.#at = now
  }

  level(now: number): number {
    const filled = this.#level + (this.#rate * Math.max(0, now - this.#at)) / 1000
    this.#level = Math.min(this.#capacity, filled)
    this.#at = Math.max(this.#at, now)
    return this.#level
  }

  take(amount: number, now: number): void {
    this.#level = this.level(now) - amount
  }

  /** Milliseconds until the level has risen to `wanted`; Infinity where it never will. */
  until(wanted: number, now: number): number {
    const lacking = wanted - this.level(now)
    if (lacking <= 0) return 0
    return wanted > this.#capacity ? Infinity : (lacking / this.#rate) * 1000
  }

  /** From now on; what it holds is cut to the new capacity. */
  resize(rate: number, capacity: number, now: number): void {
    this.#level = Math.min(capacity, this.level(now))
    this.#rate = rate
    this.#capacity = capacity
  }
}
