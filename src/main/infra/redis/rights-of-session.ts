import type { Redis } from 'ioredis'
import type { Rights } from '#shared/contract/connections.ts'
import { unknownRights, type ProbeRights } from './link.ts'
import type { Session } from './session.ts'

export interface RightsOptions {
  /** Left out, rights stay unknown. */
  probe: ProbeRights | undefined
  prefixes: readonly string[]
  /** One more connection to the server of a session. */
  another: (session: Session) => Promise<Redis>
  changed: () => void
}

/** What the Redis user may do: asked for once on each connection, and once more when its role changes. */
export class RightsOfSession {
  readonly #options: RightsOptions
  #asked: { session: Session; role: Rights['role'] } | null = null
  #rights = unknownRights

  constructor(options: RightsOptions) {
    this.#options = options
  }

  get current(): Rights {
    return this.#rights
  }

  /** Asks unless it did so already. Never rejects: what cannot be found out is unknown. */
  async ask(session: Session, role: Rights['role']): Promise<void> {
    const { probe, prefixes, another, changed } = this.#options
    if (probe === undefined) return
    if (this.#asked?.session === session && this.#asked.role === role) return
    const asked = { session, role }
    this.#asked = asked
    const context = { prefixes, role, another: () => another(session) }
    const rights = await probe(session.redis, context).catch(() => ({ ...unknownRights, role }))
    // Meanwhile it may be another server.
    if (this.#asked !== asked) return
    this.#rights = rights
    changed()
  }

  /** The session has ended; an answer that is still to come is for nothing. */
  forget(): void {
    this.#asked = null
  }
}
