import type { Redis } from 'ioredis'
import type { Place } from './dial.ts'
import type { Session } from './session.ts'

/** Who asks waits no longer than this for a connection. */
const patience = 5000

/**
 * Connections that were given away, each to wait on for what happens: apart from that for readings, since
 * nothing else is answered on one that waits. All end when the server is left.
 */
export class ExtraSessions {
  readonly #open: (place: Place, signal: AbortSignal) => Promise<Session>
  #sessions = new Map<Session, string>()
  #stop = new AbortController()

  constructor(open: (place: Place, signal: AbortSignal) => Promise<Session>) {
    this.#open = open
  }

  /** A new connection, for the caller to end. */
  async at(place: Place): Promise<Redis> {
    const stop = this.#stop
    const session = await this.#open(
      place,
      AbortSignal.any([stop.signal, AbortSignal.timeout(patience)]),
    )
    if (stop.signal.aborted) {
      await session.close()
      stop.signal.throwIfAborted()
    }
    this.#sessions.set(session, JSON.stringify(place))
    session.onEnd(() => this.#sessions.delete(session))
    return session.redis
  }

  /** Ends those to any other server: after a failover that one is no longer the primary. */
  keepTo(place: Place): void {
    const kept = JSON.stringify(place)
    for (const [session, at] of this.#sessions) if (at !== kept) void session.close()
  }

  /** Resolves when the sockets are gone. */
  async close(): Promise<void> {
    this.#stop.abort()
    this.#stop = new AbortController()
    await Promise.all([...this.#sessions.keys()].map((session) => session.close()))
  }
}
