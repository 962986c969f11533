import type { Log } from '../services.ts'
import type { MirrorMemory, MirrorMemoryStore } from './ports.ts'
import type { SyncFigures } from './syncing.ts'

/** How old what is written down may be; what begins or ceases to hold is written down at the next look. */
const oldest = 60_000

/** How far a mirror is. */
export type Reached = Pick<MirrorMemory, 'syncedAt' | 'backfill'>

const nothing: Reached = { syncedAt: null, backfill: { done: 0, total: 0 } }

/**
 * How far the mirror of one environment was when that was last known: for the time before Redis was asked
 * again, for the next run, and for other consoles on the same folder.
 */
export class Recall {
  readonly #environment: string
  readonly #place: string
  readonly #store: MirrorMemoryStore
  readonly #log: Log
  #reached: Reached
  #written: Reached & { at: number }

  constructor(parts: { environment: string; place: string; store: MirrorMemoryStore; log: Log }) {
    this.#environment = parts.environment
    this.#place = parts.place
    this.#store = parts.store
    this.#log = parts.log
    this.#reached = this.stored()
    this.#written = { ...this.#reached, at: 0 }
  }

  get reached(): Reached {
    return this.#reached
  }

  /** What is written down, maybe by another console. */
  stored(): Reached {
    const environment = this.#environment
    try {
      return this.#store.get(environment) ?? nothing
    } catch (error) {
      this.#log.warn({ err: error, environment }, 'how far the mirror was cannot be read')
      return nothing
    }
  }

  /** Whether what is written down is of a mirror of other queues. */
  isOfAnotherPlace(): boolean {
    const known = this.#store.get(this.#environment)
    return known !== null && known.place !== this.#place
  }

  take({ state, syncedAt, backfill }: SyncFigures): void {
    if (state === 'starting') return
    this.#reached = {
      syncedAt: syncedAt ?? this.#reached.syncedAt,
      backfill: backfill && { done: backfill.done, total: backfill.total },
    }
  }

  /** The mirror holds nothing, or begins anew. */
  forget(): void {
    this.#reached = nothing
  }

  writeIfDue(): void {
    const { syncedAt, backfill } = this.#reached
    const { at, ...written } = this.#written
    const turns =
      (syncedAt === null) !== (written.syncedAt === null) ||
      (backfill === null) !== (written.backfill === null)
    const moved = syncedAt !== written.syncedAt || backfill?.done !== written.backfill?.done
    if (turns || (moved && Date.now() - at >= oldest)) this.write()
  }

  write(): void {
    const { syncedAt, backfill } = this.#reached
    this.#written = { syncedAt, backfill, at: Date.now() }
    try {
      this.#store.set(this.#environment, { place: this.#place, syncedAt, backfill })
    } catch (error) {
      const environment = this.#environment
      this.#log.warn({ err: error, environment }, 'how far the mirror is could not be written down')
    }
  }
}
