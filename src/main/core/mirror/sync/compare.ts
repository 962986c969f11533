import { delayedScoreFactor, type JobState } from '#shared/domain/job-state.ts'
import { compareList } from './compare-list.ts'
import { boundsOf, compareRange, goneBefore, readSince } from './compare-range.ts'
import type { SyncContext } from './context.ts'
import type { QueueState, Wanted } from './queue-state.ts'
import { differingRanges } from './buckets.ts'
import { finishedFirst, lists } from './state-order.ts'

/** Workers' clocks, which scores are of, and Redis' clock, which events are of, differ by less. */
const clocks = 10_000
/** Sets up to this size are compared whole. */
const small = 2000
/** Jobs of a state that are read anew, at night and after a gap, where nothing else tells which have changed. */
const mostAnew = 100_000

const isFinished = (state: JobState) => state === 'failed' || state === 'completed'

/**
 * Brings the mirror of a queue in line with Redis, a piece at each step. Whatever differs is read anew where
 * it stands, so that a job that moves meanwhile does no harm.
 */
export async function* compareQueue(
  context: SyncContext,
  queue: QueueState,
  { since, whole }: Wanted,
): AsyncGenerator<void, void, undefined> {
  const from = since === null ? null : since - clocks
  for (const state of finishedFirst) {
    yield
    if (lists.has(state)) {
      // A job that ran meanwhile and waits again stands where it stood.
      const anew = { since: from, most: whole ? mostAnew : 0 }
      if (queue.isDone(state)) yield* compareList(context, queue.queue, state, anew)
    } else yield* compareSet(context, queue, state, { since: from, whole })
  }
}

/** The score from which on everything in a state came there after a time. */
function scoreOf(state: JobState, time: number): number {
  // Since it ran, it is due later than that; the score of `delayed` has a counter in its lower bits.
  if (state === 'delayed') return time * delayedScoreFactor
  return state === 'prioritized' ? -Infinity : time
}

async function* compareSet(
  context: SyncContext,
  queue: QueueState,
  state: JobState,
  { since, whole }: Wanted,
): AsyncGenerator<void, void, undefined> {
  const { queue: name } = queue
  const everything = { from: -Infinity, to: Infinity }
  // Scores of these say nothing of when a job came there: all of them, where there are not too many.
  const timed = state !== 'delayed' && state !== 'prioritized'
  if (since !== null && timed) yield* readSince(context, name, state, scoreOf(state, since))
  const bounds = await boundsOf(context, name, state)
  if (since !== null && !timed && (bounds?.count ?? 0) <= mostAnew) {
    yield* readSince(context, name, state, scoreOf(state, since))
  }
  if (!queue.isDone(state)) return
  if (isFinished(state)) {
    await goneBefore(context, name, state, bounds?.from ?? Infinity)
    if (bounds === null) return
  }
  yield
  // No event tells of another priority, nor of what else is written into the hash of a job that waits.
  if (whole && !isFinished(state) && bounds !== null && bounds.count <= mostAnew) {
    yield* readSince(context, name, state, -Infinity)
    return
  }
  if (bounds === null || bounds.count <= small || whole) {
    yield* compareRange(context, name, state, everything)
    return
  }
  for await (const range of differingRanges(context, name, state, bounds)) {
    yield
    if (range !== null) yield* compareRange(context, name, state, range)
  }
}
