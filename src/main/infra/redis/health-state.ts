import type { ConnectionReason, Health } from '#shared/contract/connections.ts'

/** What happens to a connection. */
export type HealthEvent =
  /** The first try since it was offline. */
  | { type: 'connecting' }
  /** Another try has begun. */
  | { type: 'trying' }
  | {
      type: 'answered'
      latency: number
      limit: ConnectionReason | null
      server: string
      version: string | null
    }
  /** It is asked how it is, and has not answered for longer than it should take. */
  | { type: 'silent' }
  /** It is there, and its data are not yet. */
  | { type: 'loading'; server: string }
  | { type: 'lost'; reason: ConnectionReason; refused: boolean; nextTryAt: number }
  | { type: 'disconnected' }

/** What a lost connection is called when Redis itself said that it has to wait. */
const waiting: Partial<Record<ConnectionReason, Health['state']>> = {
  loading: 'loading',
  busy: 'degraded',
  replication: 'degraded',
}

const gone = { latency: null, server: null, nextTryAt: null } as const

/** The health of an environment never connected to. */
export function initialHealth(environment: string, now: number): Health {
  return {
    environment,
    state: 'offline',
    reason: null,
    since: now,
    lastAnswerAt: null,
    redisVersion: null,
    ...gone,
  }
}

/** The state machine of a connection: what it is in after an event. */
export function nextHealth(health: Health, event: HealthEvent, now: number): Health {
  const next = { ...health, ...changeOf(health, event, now) }
  const same = next.state === health.state && next.reason === health.reason
  return same ? next : { ...next, since: now }
}

function changeOf(health: Health, event: HealthEvent, now: number): Partial<Health> {
  switch (event.type) {
    case 'connecting':
      return { ...gone, state: 'connecting', reason: null }
    case 'trying':
      return { nextTryAt: null }
    case 'answered':
      return {
        state: event.limit === null ? 'ready' : 'degraded',
        reason: event.limit,
        nextTryAt: null,
        lastAnswerAt: now,
        latency: event.latency,
        server: event.server,
        redisVersion: event.version ?? health.redisVersion,
      }
    case 'silent':
      // Any other limit says more, and lasts until it answers.
      return health.state === 'ready' ? { state: 'degraded', reason: 'latency' } : {}
    case 'loading':
      return {
        ...gone,
        state: 'loading',
        reason: 'loading',
        lastAnswerAt: now,
        server: event.server,
      }
    case 'lost':
      return {
        ...gone,
        state: event.refused ? 'refused' : (waiting[event.reason] ?? 'reconnecting'),
        reason: event.reason,
        nextTryAt: event.nextTryAt,
      }
    case 'disconnected':
      break
  }
  return { ...gone, state: 'offline', reason: 'disconnected' }
}

/** Keeps an environment's health and tells listeners of each change and each answer. */
export class HealthState {
  readonly #listeners = new Set<(health: Health) => void>()
  #current: Health

  constructor(environment: string) {
    this.#current = initialHealth(environment, Date.now())
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

  apply(event: HealthEvent): void {
    this.#current = nextHealth(this.#current, event, Date.now())
    this.tell()
  }

  /** Tells listeners of something beside it that has changed. */
  tell(): void {
    for (const listener of this.#listeners) listener(this.#current)
  }

  close(): void {
    this.#listeners.clear()
  }
}
