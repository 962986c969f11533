import { isReadable } from '#shared/contract/connections.ts'
import type { MirrorUnread } from '#shared/contract/mirror.ts'
import { ConsoleError } from '#shared/errors.ts'
import { MirrorError, type MirrorCounts } from '../ports.ts'
import type { Sync, SyncFigures, SyncParts } from '../syncing.ts'
import { EventBook } from './event-book.ts'
import { figuresOf } from './figures.ts'
import { QueueRoster } from './queue-roster.ts'
import { Rate } from './rate.ts'
import { Strays } from './strays.ts'
import { SyncRun } from './sync-run.ts'
import { untilStopped } from './until-stopped.ts'
import { WriteLane } from './write-lane.ts'

/** After a reading that failed while there is a connection. */
const again = 1000
/** For so long it counts as not read, since it is tried in between. */
const unreadFor = 10 * again

/**
 * Keeps the mirror of one environment in step with Redis, while its link is ready and it is not paused. What it
 * has read and where it is survives a break: positions are kept, and what was missed meanwhile is found.
 */
export class MirrorSync implements Sync {
  readonly #parts: SyncParts
  readonly #roster = new QueueRoster()
  readonly #book = new EventBook()
  readonly #strays = new Strays()
  readonly #rate = new Rate()
  readonly #now: () => number
  readonly #stopFollowing: () => void
  #lane = new WriteLane()
  #counts: MirrorCounts | null = null
  #syncedAt: number | null = null
  #unread: { reason: MirrorUnread; at: number } | null = null
  #paused = false
  #ended = false
  #failed = false
  #run: { run: SyncRun; done: Promise<void> } | null = null
  #retry: NodeJS.Timeout | undefined

  constructor(parts: SyncParts & { now?: () => number }) {
    this.#parts = parts
    this.#now = parts.now ?? Date.now
    this.#stopFollowing = parts.link.onHealth(() => this.#follow())
    this.#follow()
  }

  figures(): SyncFigures {
    return figuresOf({
      queues: this.#roster.all(),
      pending: (queue) => this.#book.sizeOf(queue),
      begun: this.#run?.run.begun ?? false,
      syncedAt: this.#syncedAt,
      unread: this.#whyUnread(),
      counts: this.#counts,
      rate: this.#rate.perSecond(this.#now()),
    })
  }

  pause(): void {
    this.#paused = true
    this.#follow()
  }

  resume(): void {
    this.#paused = false
    this.#follow()
  }

  reconfigured(): void {
    this.#run?.run.reconfigured()
  }

  /** Reads a queue anew from the beginning. @throws ConsoleError QUEUE_NOT_FOUND. */
  async rebuildQueue(queue: string): Promise<void> {
    const state = this.#roster.get(queue)
    if (state === undefined) throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
    state.beginAnew()
    const { writer } = this.#parts
    await this.#lane.add(() => writer.mark(state.mark()))
    await this.#lane.add(() => writer.reread(queue))
    this.#run?.run.backfillAnew()
  }

  async close(): Promise<void> {
    this.#ended = true
    this.#stopFollowing()
    clearTimeout(this.#retry)
    this.#follow()
    await this.#run?.done
  }

  #whyUnread(): MirrorUnread | null {
    const unread = this.#unread
    const still = unread !== null && this.#mayRun() && this.#now() - unread.at < unreadFor
    return still ? unread.reason : null
  }

  #mayRun(): boolean {
    return !this.#ended && !this.#failed && !this.#paused && isReadable(this.#parts.link.health())
  }

  /** Runs exactly while it may; one run ends before the next begins. */
  #follow(): void {
    const may = this.#mayRun()
    if (this.#run !== null) {
      if (!may) this.#run.run.stop()
      return
    }
    if (!may) return
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#lane = new WriteLane()
    const { source, writer, queues, settings, log, link } = this.#parts
    const stop = new AbortController()
    const run = new SyncRun({
      stop,
      source: untilStopped(source, stop.signal, link.health().environment),
      writer,
      book: this.#book,
      lane: this.#lane,
      strays: this.#strays,
      now: this.#now,
      ceiling: () => link.cost().ceiling.commandsPerSecond,
      roster: this.#roster,
      queues,
      settings,
      log,
      rate: this.#rate,
      wrote: (counts) => {
        if (counts.version >= (this.#counts?.version ?? 0)) this.#counts = counts
      },
      synced: (at) => {
        this.#syncedAt = Math.max(at, this.#syncedAt ?? 0)
        // Not by what it heard before.
        if (at > (this.#unread?.at ?? 0)) this.#unread = null
      },
    })
    const done = run
      .run()
      .catch((error: unknown) => this.#stumbled(error))
      .finally(() => {
        this.#run = null
        // It may have been stopped and wanted again meanwhile.
        if (this.#retry === undefined) this.#follow()
      })
    this.#run = { run, done }
  }

  #stumbled(error: unknown): void {
    if (this.#ended) return
    const { log, failed } = this.#parts
    if (error instanceof MirrorError) {
      this.#failed = true
      failed(error)
      return
    }
    const known = error instanceof ConsoleError
    const reason = reasonOf(error)
    if (reason !== null) this.#unread = { reason, at: this.#now() }
    if (!known) log.error({ err: error }, 'the mirror stumbled over something unexpected')
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      this.#follow()
    }, again)
    this.#retry.unref()
  }
}

/** Null for what passes with the connection. */
function reasonOf(error: unknown): MirrorUnread | null {
  if (!(error instanceof ConsoleError)) return 'unknown'
  return error.code === 'PERMISSION_DENIED' ? 'denied' : null
}
