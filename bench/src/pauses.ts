import { Redis } from 'ioredis'
import { setTimeout as delay } from 'node:timers/promises'
import { Times } from './statistics.ts'

/** How long another client of Redis waits for an answer, asking every few milliseconds until `stop`. */
export class Pauses {
  readonly #redis: Redis
  readonly #times = new Times()
  readonly #asking: Promise<void>
  #stopped = false

  constructor(url: string) {
    this.#redis = new Redis(url)
    this.#asking = this.#ask()
  }

  async #ask() {
    await this.#redis.ping()
    while (!this.#stopped) {
      const started = performance.now()
      await this.#redis.ping()
      this.#times.add(performance.now() - started)
      await delay(3)
    }
  }

  /** In milliseconds. */
  async stop(): Promise<{ p50: number; p99: number; longest: number }> {
    this.#stopped = true
    await this.#asking
    this.#redis.disconnect()
    return {
      p50: this.#times.percentile(50),
      p99: this.#times.percentile(99),
      longest: this.#times.percentile(100),
    }
  }
}
