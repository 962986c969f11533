import type { JobState } from '#shared/domain/job-state.ts'
import { batchSize, slices, write, type SyncContext } from './context.ts'
import { readAnywhere, readStanding } from './read-jobs.ts'
import type { QueueCensus } from '../ports.ts'
import type { QueueState } from './queue-state.ts'

/** Scores are the workers' clocks: what appears late appears within this of what appeared before. */
const overlap = 5000
/** Lists and sets up to this length are looked through each time. */
const small = 2000
/** Active jobs that are read anew each time, since they change in place. */
const mostActive = 200

const finished = ['failed', 'completed'] as const
const others: readonly JobState[] = [
  'active',
  'waiting',
  'prioritized',
  'delayed',
  'waiting-children',
]

/** What the last round saw of a queue's newest finished jobs. */
type Seen = Map<string, number>

/** Follows queues that tell of nothing: finds what is new and what has moved by looking at the ids. */
export class Polling {
  readonly #seen = new Map<string, Record<(typeof finished)[number], Seen>>()

  forget(queue: string): void {
    this.#seen.delete(queue)
  }

  /** One look at a queue. @returns whether anything has changed. */
  async look(context: SyncContext, queue: QueueState, census: QueueCensus): Promise<boolean> {
    let changed = false
    for (const state of finished) {
      if (await this.#lookAtFinished(context, queue, state, census.counts[state])) changed = true
    }
    for (const state of others) {
      if (!queue.isDone(state) || census.counts[state] > small) continue
      if (await lookThrough(context, queue.queue, state)) changed = true
    }
    return changed
  }

  async #lookAtFinished(
    context: SyncContext,
    { queue }: QueueState,
    state: (typeof finished)[number],
    count: number,
  ): Promise<boolean> {
    const seen = this.#seen.get(queue) ?? { failed: new Map(), completed: new Map() }
    this.#seen.set(queue, seen)
    if (count === 0) {
      seen[state] = new Map()
      return false
    }
    const before = seen[state]
    const from =
      before.size === 0 ? null : [...before.values()].reduce((a, b) => Math.max(a, b)) - overlap
    const entries = await newestSince(context, queue, state, from)
    const fresh = entries.filter(({ id, score }) => before.get(id) !== score)
    for (const part of slices(fresh)) {
      await write(context, await readStanding(context, queue, state, part, new Set()))
    }
    seen[state] = new Map(entries.map(({ id, score }) => [id, score]))
    return fresh.length > 0
  }
}

async function newestSince(
  { source }: SyncContext,
  queue: string,
  state: JobState,
  from: number | null,
): Promise<{ id: string; score: number }[]> {
  if (from === null) {
    const all = { from: -Infinity, to: Infinity, offset: 0, count: batchSize, newestFirst: true }
    return source.idsByScore(queue, state, all)
  }
  const found: { id: string; score: number }[] = []
  for (;;) {
    const range = { from, to: Infinity, offset: found.length, count: 4 * batchSize }
    const page = await source.idsByScore(queue, state, range)
    found.push(...page)
    if (page.length < range.count) return found
  }
}

async function lookThrough(context: SyncContext, queue: string, state: JobState): Promise<boolean> {
  const { source, writer, lane } = context
  const entries = await source.ids(queue, state, 0, 2 * small)
  await lane.flush()
  const known = new Set(await writer.ids(queue, state))
  const there = new Set(entries.map(({ id }) => id))
  const anew = state === 'active' && entries.length <= mostActive
  const missing = entries.filter(({ id }) => anew || !known.has(id))
  for (const part of slices(missing)) {
    await write(context, await readStanding(context, queue, state, part, new Set()))
  }
  const moved = [...known].filter((id) => !there.has(id))
  for (const part of slices(moved)) {
    await write(context, await readAnywhere(context, queue, part))
  }
  return moved.length > 0 || missing.some(({ id }) => !known.has(id))
}
