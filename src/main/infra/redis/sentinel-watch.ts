import type { Redis } from 'ioredis'
import type { Endpoint } from '#shared/contract/profiles.ts'
import { place } from '#shared/domain/redis-url.ts'
import { closeRedis } from './open-redis.ts'
import { askSentinel, type SentinelFinder } from './sentinel.ts'

const lookEvery = 1000
/** For a sentinel to be connected to and answer; a slow one is left for the next. */
const longest = 5000

/**
 * Asks the sentinels in turn, one each second, whether the primary is still the one that was found.
 * Asking is sturdier than `+switch-master`, which is told once: a message is missed with the
 * connection it would have come over, and one sentinel cut off from the others tells nothing at all.
 */
export class SentinelWatch {
  readonly #finder: SentinelFinder
  readonly #moved: () => void
  readonly #end = new AbortController()
  readonly #connections = new Map<string, Redis>()
  #timer: NodeJS.Timeout | null = null
  #turn = 0

  /** Begins at once. `moved` is called when another server has become the primary and says so itself. */
  constructor(finder: SentinelFinder, moved: () => void) {
    this.#finder = finder
    this.#moved = moved
    this.#again()
  }

  /** Resolves when its connections are gone. */
  async stop(): Promise<void> {
    this.#end.abort()
    if (this.#timer !== null) clearTimeout(this.#timer)
    await Promise.all([...this.#connections.keys()].map((key) => this.#drop(key)))
  }

  #again(): void {
    if (this.#end.signal.aborted) return
    this.#timer = setTimeout(() => {
      const { sentinels } = this.#finder
      const sentinel = sentinels[this.#turn % sentinels.length]
      this.#turn += 1
      if (sentinel === undefined) return
      void this.#look(sentinel)
        // Whatever it was: the next one is asked in a second.
        .catch(() => this.#drop(place(sentinel)))
        .finally(() => this.#again())
    }, lookEvery)
  }

  async #look(sentinel: Endpoint): Promise<void> {
    const signal = AbortSignal.any([this.#end.signal, AbortSignal.timeout(longest)])
    const answer = await unlessAborted(
      signal,
      askSentinel(await this.#open(sentinel, signal), this.#finder.master),
    )
    if (await this.#finder.movesTo(sentinel, answer, signal)) this.#moved()
  }

  async #open(sentinel: Endpoint, signal: AbortSignal): Promise<Redis> {
    const key = place(sentinel)
    const open = this.#connections.get(key)
    if (open?.status === 'ready') return open
    const redis = await this.#finder.open(sentinel, signal)
    this.#connections.set(key, redis)
    if (this.#end.signal.aborted) await this.#drop(key)
    return redis
  }

  async #drop(key: string): Promise<void> {
    const redis = this.#connections.get(key)
    this.#connections.delete(key)
    if (redis !== undefined) await closeRedis(redis)
  }
}

function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error('too late'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
