/**
 * A value that readers follow: each gets the newest one, then each later one. A reader that is slower
 * than the changes skips what it missed, so nothing ever piles up.
 */
export class LiveValue<Value> {
  readonly #wakers = new Set<() => void>()
  #current: { value: Value; revision: number } | null = null
  #failure: { error: unknown } | null = null
  #ended = false

  push(value: Value): void {
    this.#current = { value, revision: (this.#current?.revision ?? 0) + 1 }
    for (const wake of this.#wakers) wake()
  }

  /** Ends all readers. */
  end(): void {
    this.#ended = true
    for (const wake of this.#wakers) wake()
  }

  /** Ends all readers with this error. */
  fail(error: unknown): void {
    this.#failure = { error }
    for (const wake of this.#wakers) wake()
  }

  /** Ends when `signal` aborts. Values come at least `minimumGap` milliseconds apart. */
  async *values(signal: AbortSignal, minimumGap = 0): AsyncGenerator<Value, void, undefined> {
    let seen = 0
    let wake: (() => void) | null = null
    const waker = () => wake?.()
    this.#wakers.add(waker)
    signal.addEventListener('abort', waker)
    try {
      while (!signal.aborted) {
        if (this.#failure !== null) throw this.#failure.error
        if (this.#ended) return
        if (this.#current === null || this.#current.revision === seen) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
          continue
        }
        seen = this.#current.revision
        yield this.#current.value
        if (minimumGap > 0) await pause(minimumGap, signal)
      }
    } finally {
      this.#wakers.delete(waker)
      signal.removeEventListener('abort', waker)
    }
  }
}

/** Resolves after `milliseconds`, or at once when `signal` aborts; never rejects. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}
