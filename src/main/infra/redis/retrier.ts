import { reconnectDelay } from './backoff.ts'
import { failureOf, type Failure } from './failure.ts'

export interface RetrierOptions {
  /** One try; rejects when it fails, and soon after the signal aborts. */
  attempt: (signal: AbortSignal) => Promise<void>
  /** A try has begun. */
  began: () => void
  /** A try has failed, or what it had opened was lost. */
  failed: (failure: Failure, nextTryAt: number) => void
}

/** Tries again and again to connect: one try at a time, with growing pauses between them. */
export class Retrier {
  readonly #options: RetrierOptions
  #running: { controller: AbortController; done: Promise<void> } | null = null
  #timer: NodeJS.Timeout | null = null
  #failures = 0

  constructor(options: RetrierOptions) {
    this.#options = options
  }

  /** Tries at once, unless a try is under way. */
  now(): void {
    this.#clearTimer()
    if (this.#running !== null) return
    const controller = new AbortController()
    this.#running = { controller, done: this.#try(controller) }
  }

  /** Gives up a try that is under way and begins another. */
  anew(): void {
    this.#abort()
    this.now()
  }

  /** Tries again after a while, longer after each failure. */
  later(failure: Failure): void {
    this.#clearTimer()
    this.#failures += 1
    const delay = reconnectDelay(this.#failures, failure.refused)
    this.#timer = setTimeout(() => this.now(), delay)
    this.#options.failed(failure, Date.now() + delay)
  }

  /** What was opened has proved to last: the next pauses are short again. */
  steady(): void {
    this.#failures = 0
  }

  /** Resolves when a try under way has ended. */
  async stop(): Promise<void> {
    this.#clearTimer()
    this.#failures = 0
    const done = this.#running?.done
    this.#abort()
    await done
  }

  async #try(controller: AbortController): Promise<void> {
    try {
      this.#options.began()
      await this.#options.attempt(controller.signal)
      if (this.#running?.controller === controller) this.#running = null
    } catch (error) {
      if (this.#running?.controller !== controller) return
      this.#running = null
      this.later(failureOf(error))
    }
  }

  #abort(): void {
    this.#running?.controller.abort()
    this.#running = null
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}
