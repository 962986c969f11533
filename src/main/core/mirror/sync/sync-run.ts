import type { MirrorSettings } from '#shared/contract/mirror.ts'
import type { Log } from '../../services.ts'
import { backfill } from './backfill.ts'
import { compareQueue } from './compare.ts'
import { batchSize, write, type SyncContext } from './context.ts'
import { readNextDetails } from './details.ts'
import { Follower } from './follower.ts'
import { Looks } from './look.ts'
import { Polling } from './polling.ts'
import type { QueueRoster } from './queue-roster.ts'
import type { QueueState } from './queue-state.ts'
import type { Rate } from './rate.ts'
import { readAnywhere, readEventJobs } from './read-jobs.ts'
import { Wake } from './wake.ts'

const second = 1000
const hour = 3600 * second
const day = 24 * hour
/** Positions are written down this often. */
const markEvery = 2 * second
/** With more than so many jobs pending nothing else is done. */
const pressing = 4 * batchSize
/** A queue with missed events is compared this often while it goes on missing some. */
const compareEvery = 2 * second

export interface RunParts extends SyncContext {
  /** Ends it when it aborts. */
  stop: AbortController
  roster: QueueRoster
  queues: () => readonly string[]
  settings: () => MirrorSettings
  log: Log
  rate: Rate
  /** Everything Redis told up to then is in the mirror. */
  synced: (at: number) => void
}

type Steps = AsyncGenerator<void, void, undefined>

/** One time of being in step, from a connection to its end: a piece of work after the other, events first. */
export class SyncRun {
  readonly #parts: RunParts
  readonly #stop: AbortController
  readonly #wake = new Wake()
  readonly #follower: Follower
  readonly #polling = new Polling()
  readonly #looks: Looks
  #comparing: { state: QueueState; steps: Steps } | null = null
  #backfilling: Steps | null = null
  #backfillWanted = true
  /** Jobs that events told of are being read. */
  #reading = false
  #detailsAt = 0
  #rosterAt = 0
  #sweptAt = Number.NEGATIVE_INFINITY
  /** Queues are known, and their numbers. */
  begun = false

  constructor(parts: RunParts) {
    this.#parts = parts
    this.#stop = parts.stop
    this.#follower = new Follower(parts, parts.roster, () => this.#heard())
    this.#looks = new Looks(parts, parts.roster, this.#polling)
  }

  stop(): void {
    this.#stop.abort()
    this.#wake.call()
  }

  /** The settings are others: details are to be read anew, and what is gone may be kept for less time. */
  reconfigured(): void {
    this.#detailsAt = 0
    this.#sweptAt = Number.NEGATIVE_INFINITY
    this.#wake.call()
  }

  backfillAnew(): void {
    this.#backfillWanted = true
    this.#wake.call()
  }

  /** Until it is stopped. @throws what a reading or a write failed with. */
  async run(): Promise<void> {
    const { signal } = this.#stop
    const { lane, now } = this.#parts
    for (const state of this.#parts.roster.all()) {
      // What was missed meanwhile is known with the first look.
      state.dueAt = 0
      state.lookedAt = null
    }
    let following: Promise<void> | null = null
    try {
      while (!signal.aborted) {
        await this.#attendRoster()
        following ??= this.#follower.run(signal)
        if (await this.#step()) continue
        await lane.flush()
        this.#noteSynced()
        const due = Math.min(this.#looks.dueAt, this.#detailsAt, now() + second)
        await this.#wake.wait(Math.max(1, due - now()))
      }
    } finally {
      this.#stop.abort()
      await this.#comparing?.steps.return()
      await this.#backfilling?.return()
      await following
      await lane.settled()
    }
    // What could not be written must not be told as written.
    await lane.flush()
    await this.#markAll()
  }

  /** One piece of work. @returns whether there was any. */
  async #step(): Promise<boolean> {
    const { book } = this.#parts
    let worked = await this.#readEvents()
    if (book.size > pressing) return true
    if (this.#looks.dueAt <= this.#parts.now()) {
      await this.#look()
      worked = true
    }
    if (await this.#readStrays()) return true
    if (await this.#compare()) return true
    if (await this.#backfill()) return true
    if (worked) return true
    return (await this.#sweep()) || (await this.#readDetails())
  }

  async #readEvents(): Promise<boolean> {
    const { book, roster } = this.#parts
    const taken = book.take(batchSize)
    if (taken === null) return false
    const { queue, jobs, all } = taken
    const state = roster.get(queue)
    // What is known to be read when all pending jobs are taken: before the reading goes on.
    const position = all ? (state?.ledger?.position ?? null) : null
    this.#reading = true
    try {
      await write(this.#parts, await readEventJobs(this.#parts, queue, jobs))
    } catch (error) {
      book.putBack(queue, jobs)
      throw error
    } finally {
      this.#reading = false
    }
    if (state !== undefined && position !== null) await this.#mark(state, position)
    this.#noteSynced()
    return true
  }

  async #readStrays(): Promise<boolean> {
    const { strays, now } = this.#parts
    const due = strays.due(now(), batchSize)
    if (due === null) return false
    await write(this.#parts, await readAnywhere(this.#parts, due.queue, due.ids))
    return true
  }

  async #mark(state: QueueState, position: NonNullable<QueueState['written']>): Promise<void> {
    const { lane, writer, now } = this.#parts
    state.written = position
    if (now() - state.markedAt < markEvery) return
    state.markedAt = now()
    const mark = state.mark()
    await lane.mark(() => writer.mark(mark))
  }

  async #markAll(): Promise<void> {
    const { roster, writer } = this.#parts
    for (const state of roster.all()) await writer.mark(state.mark())
  }

  async #look(): Promise<void> {
    const { roster } = this.#parts
    const { gone, renewed } = await this.#looks.next(this.#follower.denied)
    if (renewed) this.#follower.renew()
    for (const queue of gone) {
      await roster.drop(this.#parts, queue)
      this.#polling.forget(queue)
      this.#follower.renew()
    }
  }

  async #compare(): Promise<boolean> {
    if (this.#comparing === null) {
      const now = this.#parts.now()
      // The one that has waited longest, so that none is kept from it by one that misses events all the time.
      const state = this.#parts.roster
        .all()
        .filter((each) => each.mayCompare && now - each.comparedAt >= compareEvery)
        .reduce<QueueState | null>(
          (first, each) => (first === null || each.comparedAt < first.comparedAt ? each : first),
          null,
        )
      if (state === null || state.wanted === null) return false
      const wanted = state.beginComparison(now)
      this.#comparing = { state, steps: this.#whole(state, wanted) }
      const { lane, writer } = this.#parts
      if (wanted.since !== null) await lane.add(() => writer.mark(state.mark()))
    }
    const { done } = await this.#comparing.steps.next()
    if (done === true) this.#comparing = null
    return true
  }

  /** A comparison that is broken off is wanted again. */
  async *#whole(state: QueueState, wanted: NonNullable<QueueState['wanted']>): Steps {
    let whole = false
    try {
      yield* compareQueue(this.#parts, state, wanted)
      whole = true
      state.compared()
    } finally {
      if (!whole) state.want(wanted.since, wanted)
      // What is still to be read of others has its turn before the next.
      if (this.#mayBackfill) state.comparedAt = this.#parts.now()
      // Soon looked at again, to see that it has helped.
      state.dueAt = Math.min(state.dueAt, this.#parts.now() + second)
    }
  }

  get #mayBackfill(): boolean {
    if (this.#backfilling !== null || this.#backfillWanted) return true
    // One that was deferred has been passed over.
    const { roster } = this.#parts
    return roster.all().some(({ isBackfilled, deferred }) => !isBackfilled && deferred === null)
  }

  async #backfill(): Promise<boolean> {
    const { roster, rate, now } = this.#parts
    if (this.#backfilling === null) {
      if (!this.#mayBackfill) return false
      this.#backfillWanted = false
      this.#backfilling = backfill(
        this.#parts,
        () => roster.all(),
        (state, jobs) => {
          state.backfill.done += jobs
          rate.add(jobs, now())
        },
      )
    }
    const { done } = await this.#backfilling.next()
    if (done !== true) return true
    this.#backfilling = null
    for (const state of roster.all()) state.dueAt = 0
    return true
  }

  async #readDetails(): Promise<boolean> {
    const { now, settings } = this.#parts
    if (now() < this.#detailsAt) return false
    const any = await readNextDetails(this.#parts, settings())
    this.#detailsAt = any ? 0 : now() + second
    return any
  }

  /** What has been gone for too long is deleted, each hour. */
  async #sweep(): Promise<boolean> {
    const { now, lane, writer, settings, roster } = this.#parts
    if (now() - this.#sweptAt < hour) return false
    this.#sweptAt = now()
    await lane.add(() => writer.sweep(now() - settings().retentionDays * day))
    // Each night all ids are looked through, whatever the numbers say.
    for (const state of roster.all()) {
      if (now() - state.sweptAt < day) continue
      state.sweptAt = now()
      state.want(null, { whole: true })
    }
    return true
  }

  /** Begins with queues that are new. */
  async #attendRoster(): Promise<void> {
    const { roster, queues, now, book } = this.#parts
    if (now() < this.#rosterAt || book.size > pressing) return
    this.#rosterAt = now() + second
    const names = queues()
    const added = await roster.admit(this.#parts, names)
    if (!this.begun) await roster.dropMissing(this.#parts, names)
    this.begun = true
    if (added) {
      this.#follower.renew()
      this.#backfillWanted = true
    }
    if (this.#follower.denied) for (const state of roster.all()) state.pollInstead()
  }

  #heard(): void {
    this.#noteSynced()
    this.#wake.call()
  }

  /** Nothing is pending: all that was heard of is in the mirror. */
  #noteSynced(): void {
    const { roster, book } = this.#parts
    if (book.size > 0 || this.#reading) return
    const queues = roster.all()
    if (queues.some(({ isMending, lookedAt }) => isMending || lookedAt === null)) return
    const times = queues
      .filter(({ follow }) => follow === 'polling')
      .map(({ lookedAt }) => lookedAt)
    if (queues.some(({ follow }) => follow === 'stream')) times.push(this.#follower.heardAt)
    // Where there is no queue, what there is to know is that: asked for each second.
    if (queues.length === 0) times.push(this.#rosterAt - second)
    if (times.some((time) => time === null) || times.length === 0) return
    const at = times.reduce<number>((least, time) => Math.min(least, time ?? least), Infinity)
    void this.#noteOnceWritten(at)
  }

  async #noteOnceWritten(at: number): Promise<void> {
    const { lane, synced } = this.#parts
    await lane.settled()
    if (!this.#stop.signal.aborted) synced(at)
  }
}
