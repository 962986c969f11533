import { isReadable } from '#shared/contract/connections.ts'
import type { MirrorQueue, MirrorStatus } from '#shared/contract/mirror.ts'
import { firstPrefix } from '#shared/domain/queue-reference.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { Entry } from '../environments/registry.ts'
import { MirrorHold, type HoldParts } from './mirror-hold.ts'
import { statusOf } from './mirror-status.ts'
import { placeOf } from './place.ts'
import { MirrorError, type MirrorCounts, type MirrorMemoryStore } from './ports.ts'
import { queuesWithCounts } from './queue-status.ts'
import { Recall } from './recall.ts'
import type { StartSync, Sync, SyncFigures } from './syncing.ts'
import { mirrorUnavailable } from './unavailable.ts'

const recallPace = 2000

export interface KeeperParts extends HoldParts {
  memory: MirrorMemoryStore
  queues: (environment: string) => readonly string[]
  /** Once they were looked for, none known means that there is none. */
  queuesKnown: (environment: string) => 'yes' | 'not yet' | 'failed'
  startSync: StartSync
}

/**
 * The mirror of one environment: has its file opened once there is a connection, or a file to read without
 * one, keeps it in step, and says in which condition it is. A part that fails is told by the status and never
 * reaches anyone else.
 */
export class MirrorKeeper {
  readonly environment: string
  readonly #entry: Entry
  readonly #parts: KeeperParts
  readonly #hold: MirrorHold
  readonly #stopFollowing: () => void
  #sync: Sync | null = null
  #counts: MirrorCounts | null = null
  #paused: boolean
  #closed = false
  #fresh: boolean
  readonly #recall: Recall
  readonly #recalling: NodeJS.Timeout

  /** `after`: what must have ended before anything is opened, such as the keeper before this one. */
  constructor(
    entry: Entry,
    parts: KeeperParts,
    { paused, after }: { paused: boolean; after: Promise<void> },
  ) {
    const { id } = entry
    this.environment = id
    this.#entry = entry
    this.#parts = parts
    this.#paused = paused
    // The demo's Redis is another at each start.
    this.#fresh = entry.demo
    const place = placeOf(entry.profile)
    this.#recall = new Recall({ environment: id, place, store: parts.memory, log: parts.log })
    this.#hold = new MirrorHold(id, parts, {
      prefix: firstPrefix(entry.profile.prefixes),
      after,
      user: {
        isReachable: () => this.#isReachable(),
        isOutdated: () => this.#fresh || this.#recall.isOfAnotherPlace(),
        opened: (counts) => this.#opened(counts),
        closing: () => this.#endSync(),
      },
    })
    this.#recalling = setInterval(() => {
      this.status()
      if (this.#hold.isHeld) this.#recall.writeIfDue()
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
      problem: this.#hold.problem,
      figures,
      counts: newest(this.#counts, figures?.counts ?? null),
      reached: this.#hold.isElsewhere ? this.#recall.stored() : this.#recall.reached,
    })
  }

  /** Brings the counts up to date, which change by themselves while text is put into the index. */
  async refresh(): Promise<MirrorStatus> {
    await this.#hold.open()
    await this.#hold.use(async (writer) => {
      this.#counts = await writer.counts()
    })
    return this.status()
  }

  async queues(): Promise<MirrorQueue[]> {
    const census = await this.#hold.use((writer) => writer.census())
    return queuesWithCounts(this.#sync?.figures().queues ?? [], census ?? new Map())
  }

  /** Resolves once the file may be read. @throws ConsoleError MIRROR_UNAVAILABLE. */
  async readable(): Promise<void> {
    await this.#hold.open()
    if (!this.#hold.isReadable()) {
      throw mirrorUnavailable(this.environment, this.#hold.problem ?? 'unavailable')
    }
  }

  /** Somebody came upon what is wrong with the file. */
  found(error: MirrorError): void {
    this.#hold.found(error)
  }

  /** @throws ConsoleError MIRROR_UNAVAILABLE, ENVIRONMENT_UNREACHABLE. */
  rebuild(queue: string | undefined): Promise<void> {
    const hold = this.#hold
    return hold.inTurn(async () => {
      await hold.openNow()
      if (!hold.isHeld) throw mirrorUnavailable(this.environment, 'unavailable')
      // Without Redis a rebuild would throw away all there is to look at.
      if (hold.problem === null && !this.#isReachable()) throw this.#unreachable()
      const sync = queue === undefined || hold.problem !== null ? null : this.#sync
      try {
        if (queue === undefined || sync === null) await hold.rebuild()
        // One that was only just found is about to be read from its beginning anyway.
        else if (isSynced(sync, queue)) await sync.rebuildQueue(queue)
      } catch (error) {
        if (!(error instanceof MirrorError)) throw error
        hold.fail(error)
        throw mirrorUnavailable(this.environment, error.problem, error)
      }
    })
  }

  /** @throws ConsoleError MIRROR_UNAVAILABLE where another console keeps it. */
  pause(paused: boolean): void {
    if (this.#hold.isElsewhere) throw mirrorUnavailable(this.environment, 'unavailable')
    this.#paused = paused
    if (paused) this.#sync?.pause()
    else this.#sync?.resume()
  }

  /** Takes over settings or grouping that were changed in `vigie.db`; at the next opening if it is closed. */
  async changed(what: 'settings' | 'grouping'): Promise<void> {
    const { environment } = this
    await this.#hold.use(async (writer) => {
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
    clearInterval(this.#recalling)
    if (!forget && this.#hold.isHeld) {
      this.status()
      this.#recall.write()
    }
    await this.#hold.close()
  }

  #state(): MirrorStatus['state'] {
    const hold = this.#hold
    if (hold.problem !== null) return 'failed'
    if (hold.isElsewhere) return 'elsewhere'
    const reachable = this.#isReachable()
    if (!hold.isHeld) {
      if (reachable || hold.isOpening) return 'starting'
      return hold.exists() ? 'offline' : 'off'
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
    if (this.#isReachable()) this.#hold.openSoon()
  }

  #opened(counts: MirrorCounts): void {
    this.#fresh = false
    this.#counts = counts
    // It is new, or was built anew for this version.
    if (counts.rows === 0) this.#recall.forget()
    this.#recall.write()
    this.#startSync()
  }

  #startSync(): void {
    const { queues, settings, startSync, log } = this.#parts
    const { environment } = this
    const { link, mirrorSource: source } = this.#entry.parts
    this.#sync = startSync({
      source,
      writer: this.#hold.writer,
      queues: () => queues(environment),
      link,
      settings: () => settings.get(environment),
      log,
      failed: (error) => {
        log.error({ err: error, environment }, 'the mirror cannot be written')
        this.#hold.fail(error)
      },
    })
    if (this.#paused) this.#sync.pause()
  }

  async #endSync(): Promise<void> {
    const sync = this.#sync
    this.#sync = null
    await sync?.close()
  }

  #unreachable(): ConsoleError<'ENVIRONMENT_UNREACHABLE'> {
    const { reason } = this.#entry.parts.link.health()
    const { environment } = this
    return new ConsoleError('ENVIRONMENT_UNREACHABLE', { environment, reason: reason ?? 'unknown' })
  }
}

const isSynced = (sync: Sync, queue: string): boolean =>
  sync.figures().queues.some(({ queue: name }) => name === queue)

function newest(one: MirrorCounts | null, other: MirrorCounts | null): MirrorCounts | null {
  if (one === null || other === null) return one ?? other
  return one.version >= other.version ? one : other
}
