import { jobStates } from '#shared/domain/job-state.ts'
import type { QueueCensus } from '../ports.ts'
import type { SyncContext } from './context.ts'
import { compareEntryIds, timeOfEntry } from './entry-id.ts'
import type { Polling } from './polling.ts'
import type { QueueRoster } from './queue-roster.ts'
import { type Deferral, type QueueState, sumOf } from './queue-state.ts'
import { Rush } from './rush.ts'

/** A queue counts as active for so long after something happened. */
const activeFor = 10_000
const activeEvery = 1000
/** Looks at all idle queues together take no more than some hundred commands a second. */
const idlePace = 150
const [idleShortest, idleLongest] = [2000, 30_000]
/** A queue that never rests is compared this often where its numbers differ. */
const restlessEvery = 15_000
/** One that never rests is brought up to date this often. */
const longestDeferral = 60_000
/** What polling found late is read once more when a stream takes over. */
const overlap = 60_000

/** Looks at the numbers of queues that are due, and asks for comparisons where something is wrong. */
export class Looks {
  readonly #context: SyncContext
  readonly #roster: QueueRoster
  readonly #polling: Polling

  constructor(context: SyncContext, roster: QueueRoster, polling: Polling) {
    this.#context = context
    this.#roster = roster
    this.#polling = polling
  }

  /** When the next one is due; Infinity where there is no queue. */
  get dueAt(): number {
    return Math.min(Infinity, ...this.#roster.all().map(({ dueAt }) => dueAt))
  }

  /** @returns queues that are no more, and whether there are other streams to follow now. */
  async next(denied: boolean): Promise<{ gone: string[]; renewed: boolean }> {
    const { source, writer, lane, now } = this.#context
    const at = now()
    const due = this.#roster.all().filter(({ dueAt }) => dueAt <= at)
    const read = this.#roster.positions()
    const told = await source.census(due.map(({ queue }) => queue))
    const byQueue = new Map(told.map((census) => [census.queue, census]))
    for (const state of due) {
      const census = byQueue.get(state.queue)
      // One that may no longer be read keeps what the mirror has of it.
      if (census === undefined) state.dueAt = at + idleLongest
      else if (state.follow === 'polling' && census.exists) await this.#poll(state, census)
    }
    await lane.flush()
    const own = await writer.census()
    const gone: string[] = []
    let renewed = false
    for (const census of told) {
      const state = this.#roster.get(census.queue)
      if (state === undefined) continue
      if (!census.exists) gone.push(census.queue)
      else if (state.follow === 'polling' && census.stream !== null && !denied) {
        state.followStream(census.stream.last, census.at - overlap)
        renewed = true
      } else if (state.deferred !== null) {
        if (census.stream === null) state.pollInstead()
        else if (this.#isOver(state, state.deferred, census, census.stream)) {
          state.followStream(census.stream.last, census.at)
          renewed = true
        }
      } else {
        const from = read.get(census.queue)
        this.#judge(state, census, own.get(census.queue)?.counts, from)
        // Of a stream that began anew nothing would come for long.
        const position = state.ledger?.position.id ?? null
        if (from !== undefined && position !== null && compareEntryIds(position, from) < 0) {
          renewed = true
        }
      }
    }
    return { gone, renewed }
  }

  async #poll(state: QueueState, census: QueueCensus): Promise<void> {
    const changed = await this.#polling.look(this.#context, state, census)
    const at = this.#context.now()
    if (changed) {
      state.activeAt = at
      state.restless = true
    }
    // A job that ran and waits again stands where it stood: it is read again once the queue has come to rest.
    if (state.restless && (!changed || at - state.comparedAt >= restlessEvery)) {
      state.restless = changed
      state.want(at)
    }
  }

  /** Whether a queue that was left alone is to be followed again. */
  #isOver(
    state: QueueState,
    deferred: Deferral,
    census: QueueCensus,
    { last, length }: NonNullable<QueueCensus['stream']>,
  ): boolean {
    const at = this.#context.now()
    state.lookedAt = census.at
    state.held = sumOf(census.counts)
    state.streamLength = length
    state.dueAt = at + activeEvery
    const { added } = last
    if (added === null) return at - deferred.at >= restlessEvery
    deferred.first ??= added
    // Another stream than the one that was left.
    if (added < deferred.first) return true
    state.unread = added - deferred.first + deferred.pending
    const before = deferred.last
    deferred.last = { added, at: census.at }
    if (at - deferred.at >= longestDeferral) return true
    if (before === null || census.at <= before.at) return false
    const perSecond = ((added - before.added) / (census.at - before.at)) * 1000
    return Rush.isOver(perSecond, this.#context.ceiling())
  }

  #judge(
    state: QueueState,
    census: QueueCensus,
    own: QueueCensus['counts'] | undefined,
    read: string | undefined,
  ): void {
    const at = this.#context.now()
    const { stream, counts } = census
    state.lookedAt = census.at
    state.held = sumOf(counts)
    state.streamLength = stream?.length ?? null
    if (state.ledger !== null && stream !== null) {
      const missed = state.ledger.look({ last: stream.last, first: stream.first }, read)
      if (missed !== null) state.missed(at, timeOfEntry(missed))
      const { added } = state.ledger.position
      const ahead = compareEntryIds(stream.last.id, state.ledger.position.id) > 0
      state.unread =
        ahead && added !== null && stream.last.added !== null
          ? Math.max(0, stream.last.added - added)
          : 0
    }
    const drift = jobStates
      .filter((each) => state.isDone(each))
      .reduce((sum, each) => sum + Math.abs(counts[each] - (own?.[each] ?? 0)), 0)
    const quiet = this.#isQuiet(state, census)
    if (quiet) {
      state.drift = drift
      state.checkedAt = at
    }
    const overdue = at - state.comparedAt >= restlessEvery
    if (drift > 0 && (quiet || overdue)) state.want(null)
    const active = drift > 0 || !quiet || at - state.activeAt < activeFor
    state.dueAt = at + (active ? activeEvery : this.#idleEvery())
  }

  /** Nothing happened between the census and now that is not in the mirror. */
  #isQuiet(state: QueueState, { queue, stream }: QueueCensus): boolean {
    if (state.ledger === null || stream === null) return true
    const { book } = this.#context
    return book.sizeOf(queue) === 0 && state.ledger.position.id === stream.last.id
  }

  #idleEvery(): number {
    const pace = this.#roster.all().length * idlePace
    return Math.min(idleLongest, Math.max(idleShortest, pace))
  }
}
