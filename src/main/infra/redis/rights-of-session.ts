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

/** An administrator may have granted or taken something meanwhile. */
const askedAgainAfter = 60_000
/** However many commands are refused: a user of few rights meets refusals all the time. */
const refusedGap = 10_000
/** However often a person asks. */
const wantedGap = 1000

/**
 * What the Redis user may do: asked for on each connection, when its role changes, each minute, and when
 * there is reason to doubt it.
 */
export class RightsOfSession {
  readonly #options: RightsOptions
  #asked: { session: Session; role: Rights['role']; at: number } | null = null
  #gap = askedAgainAfter
  #rights = unknownRights

  constructor(options: RightsOptions) {
    this.#options = options
  }

  get current(): Rights {
    return this.#rights
  }

  /** The next `ask` asks, also when it did so already: what is known may be true no more. */
  doubt(because: 'refused' | 'wanted'): void {
    this.#gap = Math.min(this.#gap, because === 'wanted' ? wantedGap : refusedGap)
  }

  /** Asks unless it did so already and has no reason to again. Never rejects: what cannot be found out is unknown. */
  async ask(session: Session, role: Rights['role']): Promise<void> {
    const { probe, prefixes, another, changed } = this.#options
    if (probe === undefined) return
    const before = this.#asked
    if (before !== null && before.session === session && before.role === role) {
      const age = performance.now() - before.at
      if (age < this.#gap) return
    }
    const asked = { session, role, at: performance.now() }
    this.#asked = asked
    this.#gap = askedAgainAfter
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
