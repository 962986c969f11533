import type { Redis } from 'ioredis'
import { ConnectError } from './connect-error.ts'
import type { Place } from './dial.ts'
import type { Session } from './session.ts'

/** A change waits no longer than this for its connection. */
const patience = 5000

interface Opening {
  place: string
  stop: AbortController
  opening: Promise<Session>
}

/**
 * The connection for changes, apart from that for readings: opened at the first change, and again after it
 * was lost; always to the server that is read from.
 */
export class ChangesSession {
  readonly #open: (place: Place, signal: AbortSignal) => Promise<Session>
  #current: Opening | null = null

  constructor(open: (place: Place, signal: AbortSignal) => Promise<Session>) {
    this.#open = open
  }

  /** The connection to the server at `place`; opens it where there is none. */
  async on(place: Place): Promise<Redis> {
    this.keepTo(place)
    const current = this.#current ?? this.#begin(place)
    try {
      const session = await current.opening
      if (this.#current !== current) throw new ConnectError('role', 'closed')
      if (session.open) return session.redis
    } catch (error) {
      if (this.#current === current) this.#current = null
      throw error
    }
    this.#current = null
    return this.on(place)
  }

  /** Drops a connection to any other server: after a failover that one is no longer the primary. */
  keepTo(place: Place): void {
    if (this.#current !== null && this.#current.place !== JSON.stringify(place)) void this.close()
  }

  /** Resolves when the socket is gone. */
  async close(): Promise<void> {
    const current = this.#current
    this.#current = null
    current?.stop.abort()
    const session = await current?.opening.catch(() => null)
    await session?.close()
  }

  #begin(place: Place): Opening {
    const stop = new AbortController()
    const opening = this.#open(place, AbortSignal.any([stop.signal, AbortSignal.timeout(patience)]))
    const current = { place: JSON.stringify(place), stop, opening }
    this.#current = current
    opening
      .then((session) =>
        session.onEnd(() => {
          if (this.#current === current) this.#current = null
        }),
      )
      .catch(() => {})
    return current
  }
}
