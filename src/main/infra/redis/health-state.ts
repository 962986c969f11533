import type { ConnectionReason, Health } from '#shared/contract/environments.ts'

/** Keeps an environment's health and tells listeners of each change and each answer. */
export class HealthState {
  readonly #listeners = new Set<(health: Health) => void>()
  #current: Health

  constructor(environment: string) {
    this.#current = {
      environment,
      state: 'connecting',
      reason: null,
      since: Date.now(),
      lastAnswerAt: null,
      nextTryAt: null,
      latency: null,
      redisVersion: null,
    }
  }

  current(): Health {
    return this.#current
  }

  onChange(listener: (health: Health) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  answered(latency: number): void {
    this.#set({ state: 'ready', reason: null, nextTryAt: null, lastAnswerAt: Date.now(), latency })
  }

  lost(reason: ConnectionReason, refused: boolean, nextTryAt: number): void {
    this.#set({
      state: refused ? 'refused' : 'reconnecting',
      reason,
      nextTryAt: refused ? null : nextTryAt,
      latency: null,
    })
  }

  version(redisVersion: string | null): void {
    this.#current = { ...this.#current, redisVersion }
  }

  close(): void {
    this.#listeners.clear()
  }

  #set(change: Partial<Health>): void {
    const since =
      change.state === this.#current.state && change.reason === this.#current.reason
        ? this.#current.since
        : Date.now()
    this.#current = { ...this.#current, ...change, since }
    for (const listener of this.#listeners) listener(this.#current)
  }
}
