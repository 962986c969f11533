import { jobStates } from '#shared/domain/job-state.ts'
import type { QueueCensus, QueueMark } from '../ports.ts'
import type { SyncContext } from './context.ts'
import { QueueState } from './queue-state.ts'

/** The queues that are kept in step. */
export class QueueRoster {
  readonly #queues = new Map<string, QueueState>()
  #marks: Map<string, QueueMark> | null = null

  all(): QueueState[] {
    return [...this.#queues.values()]
  }

  get(queue: string): QueueState | undefined {
    return this.#queues.get(queue)
  }

  /** Of those that are followed by their streams: entry ids up to where all is read. */
  positions(): Map<string, string> {
    const followed = this.all().filter(
      ({ follow, deferred }) => follow === 'stream' && deferred === null,
    )
    return new Map(followed.map(({ queue, ledger }) => [queue, ledger?.position.id ?? '0-0']))
  }

  /** Begins with those that are new, from where their marks say. @returns whether there were any. */
  async admit(
    { source, writer, lane, now }: SyncContext,
    names: readonly string[],
  ): Promise<boolean> {
    this.#marks ??= new Map((await writer.marks()).map((mark) => [mark.queue, mark]))
    const unknown = names.filter((name) => !this.#queues.has(name))
    if (unknown.length === 0) return false
    let admitted = false
    for (const census of await source.census(unknown)) {
      if (!census.exists) continue
      admitted = true
      const mark = this.#marks.get(census.queue) ?? null
      const state = new QueueState(census, mark, now())
      await begin(state, census, source)
      this.#queues.set(census.queue, state)
      // Before anything of it is read: all that happens from here on is followed.
      await lane.add(() => writer.mark(state.mark()))
    }
    return admitted
  }

  /** Drops a queue that is no more; its rows are gone. */
  async drop({ writer, lane, book, now }: SyncContext, queue: string): Promise<void> {
    this.#queues.delete(queue)
    this.#marks?.delete(queue)
    book.drop(queue)
    const at = now()
    await lane.add(() => writer.forgetQueue(queue, at))
  }

  /** Rows of queues that are not there any more, from a former run. */
  async dropMissing(context: SyncContext, names: readonly string[]): Promise<void> {
    const known = new Set(names)
    const lost = [...(this.#marks?.keys() ?? [])].filter(
      (queue) => !known.has(queue) && !this.#queues.has(queue),
    )
    if (lost.length === 0) return
    for (const { queue, exists } of await context.source.census(lost)) {
      if (!exists) await this.drop(context, queue)
    }
  }
}

/** How much there is to read of what was there before. */
export async function begin(
  state: QueueState,
  census: QueueCensus,
  source: SyncContext['source'],
): Promise<void> {
  let total = 0
  for (const each of jobStates) {
    const mark = state.backfilled[each]
    if (mark === 'done') continue
    if (mark === undefined || each === 'active' || each === 'waiting') total += census.counts[each]
    else if (Number.isFinite(mark.reached)) {
      const [below = 0] = await source.buckets(state.queue, each, [-Infinity, mark.reached])
      total += below
    }
  }
  state.backfill = { done: 0, total }
  if (state.follow === 'polling' && state.isBackfilled) state.want(null)
}
