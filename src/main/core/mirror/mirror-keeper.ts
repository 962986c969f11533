import { isReadable } from '#shared/contract/connections.ts'
import type { MirrorProblem, MirrorQueue, MirrorStatus } from '#shared/contract/mirror.ts'
import { firstPrefix } from '#shared/domain/queue-reference.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { Entry } from '../environments/registry.ts'
import type { Log } from '../services.ts'
import { statusOf } from './mirror-status.ts'
import { placeOf } from './place.ts'
import {
  MirrorError,
  type Grouping,
  type MirrorCounts,
  type MirrorLocks,
  type MirrorMemoryStore,
  type MirrorSettingsStore,
  type MirrorStore,
  type MirrorWriter,
} from './ports.ts'
import { queuesWithCounts } from './queue-status.ts'
import { Recall } from './recall.ts'
import type { StartSync, Sync, SyncFigures } from './syncing.ts'
import { mirrorUnavailable } from './unavailable.ts'

/**
 * What may pass without anyone's doing is tried again, each time later until it has been well for a while: a full
 * disk, a file that was deleted, a lock that another console holds.
 */
const again = 2000
const longestAgain = 30_000
const wellFor = 60_000
const lockAgain = 2000
const recallPace = 2000
const passing: ReadonlySet<MirrorProblem> = new Set(['disk-full', 'unavailable'])

export interface KeeperParts {
  store: MirrorStore
  locks: MirrorLocks
  memory: MirrorMemoryStore
  settings: MirrorSettingsStore
  grouping: (environment: string) => Grouping
  queues: (environment: string) => readonly string[]
  /** Once they were looked for, none known means that there is none. */
  queuesKnown: (environment: string) => 'yes' | 'not yet' | 'failed'
  startSync: StartSync
  log: Log
}

/**
 * The mirror of one environment: opens its file once there is a connection, or a file to read without
 * one, keeps it in step, and says in which condition it is. One thing at a time; a part that fails is
 * told by the status and never reaches anyone else.
 */
export class MirrorKeeper {
  readonly environment: string
  readonly #entry: Entry
  readonly #parts: KeeperParts
  readonly #writer: MirrorWriter
  readonly #stopFollowing: () => void
  #turn: Promise<unknown>
  #release: (() => void) | null = null
  #sync: Sync | null = null
  #counts: MirrorCounts | null = null
  #problem: MirrorProblem | null = null
  #elsewhere = false
  #opening = false
  #paused: boolean
  #closed = false
  #fresh: boolean
  readonly #recall: Recall
  readonly #recalling: NodeJS.Timeout
  #retry: NodeJS.Timeout | undefined
  #nextTry = again
  #failedAt = Number.NEGATIVE_INFINITY

  /** `after`: what must have ended before anything is opened, such as the keeper before this one. */
  constructor(
    entry: Entry,
    parts: KeeperParts,
    { paused, after }: { paused: boolean; after: Promise<void> },
  ) {
    const { id } = entry
    this.#turn = after.catch(() => {})
    this.environment = id
    this.#entry = entry
    this.#parts = parts
    this.#paused = paused
    this.#writer = parts.store.writer(id, firstPrefix(entry.profile.prefixes))
    // The demo's Redis is another at each start.
    this.#fresh = entry.demo
    const place = placeOf(entry.profile)
    this.#recall = new Recall({ environment: id, place, store: parts.memory, log: parts.log })
    this.#recalling = setInterval(() => {
      this.status()
      if (this.#release !== null) this.#recall.writeIfDue()
    }, recallPace)
    this.#recalling.unref()
    this.#stopFollowing = entry.parts.link.onHealth(() => this.#follow())
    this.#follow()
  }

  get demo(): boolean {
    return this.#entry.demo
  }

  /** As of now, counts as of the last time they were brought up to date. */
  status(): MirrorStatus {
    const figures = this.#figures()
    if (figures !== null) this.#recall.take(figures)
    return statusOf({
      state: this.#state(),
      problem: this.#problem,
      figures,
      counts: newest(this.#counts, figures?.counts ?? null),
      reached: this.#elsewhere ? this.#recall.stored() : this.#recall.reached,
    })
  }

  /** Brings the counts up to date, which change by themselves while text is put into the index. */
  async refresh(): Promise<MirrorStatus> {
    await this.#open()
    await this.#use(async (writer) => {
      this.#counts = await writer.counts()
    })
    return this.status()
  }

  async queues(): Promise<MirrorQueue[]> {
    const census = await this.#use((writer) => writer.census())
    return queuesWithCounts(this.#sync?.figures().queues ?? [], census ?? new Map())
  }

  /** Resolves once the file may be read. @throws ConsoleError MIRROR_UNAVAILABLE. */
  async readable(): Promise<void> {
    await this.#open()
    const { environment } = this
    // What is there can be read, also while nothing can be written.
    if (this.#problem !== null && !passing.has(this.#problem)) {
      throw mirrorUnavailable(environment, this.#problem)
    }
    if (!this.#parts.store.exists(environment)) throw mirrorUnavailable(environment, 'unavailable')
  }

  /** Somebody came upon what is wrong with the file. */
  found(error: MirrorError): void {
    if (this.#problem !== null || this.#closed || this.#release === null) return
    this.#fail(error)
    this.#inBackground(() => this.#endSync())
  }

  /** @throws ConsoleError MIRROR_UNAVAILABLE, ENVIRONMENT_UNREACHABLE. */
  rebuild(queue: string | undefined): Promise<void> {
    return this.#inTurn(async () => {
      await this.#openNow()
      if (this.#release === null) throw mirrorUnavailable(this.environment, 'unavailable')
      // Without Redis a rebuild would throw away all there is to look at.
      if (this.#problem === null && !this.#isReachable()) throw this.#unreachable()
      const sync = queue === undefined || this.#problem !== null ? null : this.#sync
      try {
        if (queue === undefined || sync === null) await this.#rebuildAll()
        // One that was only just found is about to be read from its beginning anyway.
        else if (isSynced(sync, queue)) await sync.rebuildQueue(queue)
      } catch (error) {
        if (!(error instanceof MirrorError)) throw error
        this.#fail(error)
        throw mirrorUnavailable(this.environment, error.problem, error)
      }
    })
  }

  /** @throws ConsoleError MIRROR_UNAVAILABLE where another console keeps it. */
  pause(paused: boolean): void {
    this.#refuseElsewhere()
    this.#paused = paused
    if (paused) this.#sync?.pause()
    else this.#sync?.resume()
  }

  /** Takes over settings or grouping that were changed in `vigie.db`; at the next opening if it is closed. */
  async changed(what: 'settings' | 'grouping'): Promise<void> {
    const { environment } = this
    await this.#use(async (writer) => {
      if (what === 'grouping') return writer.regroup(this.#parts.grouping(environment))
      this.#counts = await writer.configure(this.#parts.settings.get(environment))
      this.#sync?.reconfigured()
    })
  }

  /** `forget` where the environment itself is gone, with all that is remembered of it. */
  async close({ forget = false } = {}): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#stopFollowing()
    clearTimeout(this.#retry)
    clearInterval(this.#recalling)
    if (!forget && this.#release !== null) {
      this.status()
      this.#recall.write()
    }
    await this.#inTurn(async () => {
      await this.#endSync()
      await this.#writer.close()
      this.#release?.()
      this.#release = null
    })
  }

  #state(): MirrorStatus['state'] {
    if (this.#problem !== null) return 'failed'
    if (this.#elsewhere) return 'elsewhere'
    const reachable = this.#isReachable()
    if (this.#release === null) {
      if (reachable || this.#opening) return 'starting'
      return this.#parts.store.exists(this.environment) ? 'offline' : 'off'
    }
    if (!reachable) return 'offline'
    if (this.#paused) return 'paused'
    return this.#figures()?.state ?? 'starting'
  }

  /** In step with no queue is only who has looked for some. */
  #figures(): SyncFigures | null {
    const figures = this.#sync?.figures() ?? null
    if (figures === null || figures.queues.length > 0) return figures
    const known = this.#parts.queuesKnown(this.environment)
    if (known === 'yes') return figures
    const unread = known === 'failed' ? 'undiscovered' : figures.unread
    return { ...figures, state: 'starting', syncedAt: null, unread }
  }

  #isReachable(): boolean {
    return isReadable(this.#entry.parts.link.health())
  }

  /** Opens the mirror with the first connection. */
  #follow(): void {
    if (this.#isSettled() || !this.#isReachable()) return
    this.#inBackground(() => this.#openNow())
  }

  /** For whoever wants to read: what is there is opened also without a connection. */
  async #open(): Promise<void> {
    if (!this.#isSettled()) await this.#inTurn(() => this.#openNow())
  }

  /** Open, or to be tried again in its own time. */
  #isSettled(): boolean {
    return this.#closed || this.#release !== null || this.#elsewhere || this.#problem !== null
  }

  async #openNow(): Promise<void> {
    const { store, locks, settings, grouping, log } = this.#parts
    const { environment } = this
    if (this.#closed || this.#release !== null) return
    if (!this.#isReachable() && !store.exists(environment)) return
    this.#opening = true
    try {
      this.#release = locks.take(environment)
      this.#elsewhere = this.#release === null
      if (this.#elsewhere) return this.#tryAgain(lockAgain)
      if (this.#fresh || this.#recall.isOfAnotherPlace()) await store.remove(environment)
      this.#fresh = false
      this.#counts = await this.#writer.open(settings.get(environment), grouping(environment))
      // It is new, or was built anew for this version.
      if (this.#counts.rows === 0) this.#recall.forget()
      this.#problem = null
      this.#recall.write()
      this.#startSync()
    } catch (error) {
      this.#fail(error)
      log.error({ err: error, environment }, 'the mirror cannot be opened')
    } finally {
      this.#opening = false
    }
  }

  #startSync(): void {
    const { queues, settings, startSync, log } = this.#parts
    const { environment } = this
    const { link, mirrorSource: source } = this.#entry.parts
    this.#sync = startSync({
      source,
      writer: this.#writer,
      queues: () => queues(environment),
      link,
      settings: () => settings.get(environment),
      log,
      failed: (error) => {
        log.error({ err: error, environment }, 'the mirror cannot be written')
        this.#fail(error)
      },
    })
    if (this.#paused) this.#sync.pause()
  }

  async #rebuildAll(): Promise<void> {
    await this.#endSync()
    this.#counts = await this.#writer.rebuild()
    this.#problem = null
    this.#recall.forget()
    this.#recall.write()
    this.#startSync()
  }

  async #endSync(): Promise<void> {
    const sync = this.#sync
    this.#sync = null
    await sync?.close()
  }

  #fail(error: unknown): void {
    this.#problem = error instanceof MirrorError ? error.problem : 'unavailable'
    const now = performance.now()
    if (now - this.#failedAt > wellFor) this.#nextTry = again
    this.#failedAt = now
    if (!passing.has(this.#problem)) return
    this.#tryAgain(this.#nextTry)
    this.#nextTry = Math.min(longestAgain, 2 * this.#nextTry)
  }

  /** From the beginning, with the file as it then is. */
  #tryAgain(after: number): void {
    if (this.#closed) return
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => {
      this.#inBackground(async () => {
        if (this.#problem === null && !this.#elsewhere) return
        await this.#endSync()
        await this.#writer.close()
        this.#release?.()
        this.#release = null
        await this.#openNow()
      })
    }, after)
    this.#retry.unref()
  }

  /** Null where there is no open writer; what it finds wrong is told by the status from then on. */
  async #use<Result>(use: (writer: MirrorWriter) => Promise<Result>): Promise<Result | null> {
    if (this.#release === null || this.#problem !== null || this.#closed) return null
    try {
      return await use(this.#writer)
    } catch (error) {
      if (!(error instanceof MirrorError)) throw error
      this.found(error)
      return null
    }
  }

  #refuseElsewhere(): void {
    if (this.#elsewhere) throw mirrorUnavailable(this.environment, 'unavailable')
  }

  #unreachable(): ConsoleError<'ENVIRONMENT_UNREACHABLE'> {
    const { reason } = this.#entry.parts.link.health()
    const { environment } = this
    return new ConsoleError('ENVIRONMENT_UNREACHABLE', { environment, reason: reason ?? 'unknown' })
  }

  /** For nobody who waits: what goes wrong is told by the status. */
  #inBackground(task: () => Promise<void>): void {
    this.#inTurn(task).catch((error: unknown) => {
      this.#fail(error)
      const { environment } = this
      this.#parts.log.error({ err: error, environment }, 'the mirror could not be attended to')
    })
  }

  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(task)
    this.#turn = result.catch(() => {})
    return result
  }
}

const isSynced = (sync: Sync, queue: string): boolean =>
  sync.figures().queues.some(({ queue: name }) => name === queue)

function newest(one: MirrorCounts | null, other: MirrorCounts | null): MirrorCounts | null {
  if (one === null || other === null) return one ?? other
  return one.version >= other.version ? one : other
}
