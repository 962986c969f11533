import type { MirrorProblem } from '#shared/contract/mirror.ts'
import type { Log } from '../services.ts'
import {
  MirrorError,
  type Grouping,
  type MirrorCounts,
  type MirrorLocks,
  type MirrorSettingsStore,
  type MirrorStore,
  type MirrorWriter,
} from './ports.ts'
import { Retry } from './retry.ts'

/** What may pass without anyone's doing is tried again: a full disk, a file that was deleted. */
const passing: ReadonlySet<MirrorProblem> = new Set(['disk-full', 'unavailable'])

export interface HoldParts {
  store: MirrorStore
  locks: MirrorLocks
  settings: MirrorSettingsStore
  grouping: (environment: string) => Grouping
  log: Log
}

/** Whoever fills the file. */
export interface HoldUser {
  /** There is a connection: a file that is not there is worth beginning. */
  isReachable(): boolean
  /** What the file holds is of no use any more. */
  isOutdated(): boolean
  /** It can be written from now on. */
  opened(counts: MirrorCounts): void
  /** It is let go of when this has resolved. */
  closing(): Promise<void>
}

/**
 * The file of one environment's mirror and its one writer, as far as this console may have them: taken with its
 * lock, opened, given up when something is wrong with it and tried again where that may pass. One thing at a time.
 */
export class MirrorHold {
  readonly #environment: string
  readonly #parts: HoldParts
  readonly #writer: MirrorWriter
  readonly #user: HoldUser
  readonly #retry: Retry
  #turn: Promise<unknown>
  #release: (() => void) | null = null
  #closed = false
  #problem: MirrorProblem | null = null
  /** Another console on the same data folder keeps it. */
  #elsewhere = false
  #opening = false

  /** `after`: what must have ended before anything is opened, such as the keeper before this one. */
  constructor(
    environment: string,
    parts: HoldParts,
    { prefix, user, after }: { prefix: string; user: HoldUser; after: Promise<void> },
  ) {
    this.#environment = environment
    this.#parts = parts
    this.#user = user
    this.#turn = after.catch(() => {})
    this.#writer = parts.store.writer(environment, prefix)
    this.#retry = new Retry(() => this.#inBackground(() => this.#again()))
  }

  /** Only where it is open, maybe with something wrong since. */
  get isHeld(): boolean {
    return this.#release !== null
  }

  get problem(): MirrorProblem | null {
    return this.#problem
  }

  get isElsewhere(): boolean {
    return this.#elsewhere
  }

  get isOpening(): boolean {
    return this.#opening
  }

  /** For who fills it: only between `opened` and `closing`. */
  get writer(): MirrorWriter {
    return this.#writer
  }

  exists(): boolean {
    return this.#parts.store.exists(this.#environment)
  }

  /** Whether what is there can be read, also while nothing can be written. */
  isReadable(): boolean {
    return this.exists() && (this.#problem === null || passing.has(this.#problem))
  }

  /** For whoever wants to read: what is there is opened also without a connection. */
  async open(): Promise<void> {
    if (!this.#isSettled()) await this.inTurn(() => this.openNow())
  }

  /** For nobody who waits. */
  openSoon(): void {
    if (!this.#isSettled()) this.#inBackground(() => this.openNow())
  }

  /** Within a turn. What goes wrong is kept as the problem. */
  async openNow(): Promise<void> {
    const { store, locks, settings, grouping, log } = this.#parts
    const environment = this.#environment
    if (this.#closed || this.isHeld) return
    if (!this.#user.isReachable() && !this.exists()) return
    this.#opening = true
    try {
      this.#release = locks.take(environment)
      this.#elsewhere = this.#release === null
      if (this.#elsewhere) return this.#retry.forLock()
      if (this.#user.isOutdated()) await store.remove(environment)
      const counts = await this.#writer.open(settings.get(environment), grouping(environment))
      this.#problem = null
      this.#user.opened(counts)
    } catch (error) {
      this.fail(error)
      log.error({ err: error, environment }, 'the mirror cannot be opened')
    } finally {
      this.#opening = false
    }
  }

  /** Begins the file anew: within a turn. @throws MirrorError */
  async rebuild(): Promise<void> {
    await this.#user.closing()
    const counts = await this.#writer.rebuild()
    this.#problem = null
    this.#user.opened(counts)
  }

  /** Null where there is no open writer; what it finds wrong is the problem from then on. */
  async use<Result>(use: (writer: MirrorWriter) => Promise<Result>): Promise<Result | null> {
    if (!this.isHeld || this.#problem !== null || this.#closed) return null
    try {
      return await use(this.#writer)
    } catch (error) {
      if (!(error instanceof MirrorError)) throw error
      this.found(error)
      return null
    }
  }

  /** Somebody came upon what is wrong with the file. */
  found(error: MirrorError): void {
    if (this.#problem !== null || this.#closed || !this.isHeld) return
    this.fail(error)
    this.#inBackground(() => this.#user.closing())
  }

  fail(error: unknown): void {
    this.#problem = error instanceof MirrorError ? error.problem : 'unavailable'
    this.#retry.failed(passing.has(this.#problem))
  }

  inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(task)
    this.#turn = result.catch(() => {})
    return result
  }

  /** Nothing is opened any more; resolves once all is let go of. */
  async close(): Promise<void> {
    this.#closed = true
    this.#retry.stop()
    await this.inTurn(() => this.#letGo())
  }

  /** From the beginning, with the file as it then is. */
  async #again(): Promise<void> {
    if (this.#problem === null && !this.#elsewhere) return
    await this.#letGo()
    await this.openNow()
  }

  async #letGo(): Promise<void> {
    await this.#user.closing()
    await this.#writer.close()
    this.#release?.()
    this.#release = null
  }

  /** Open, or to be tried again in its own time. */
  #isSettled(): boolean {
    return this.#closed || this.isHeld || this.#elsewhere || this.#problem !== null
  }

  #inBackground(task: () => Promise<void>): void {
    this.inTurn(task).catch((error: unknown) => {
      this.fail(error)
      const environment = this.#environment
      this.#parts.log.error({ err: error, environment }, 'the mirror could not be attended to')
    })
  }
}
