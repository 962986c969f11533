import type { JobState } from '#shared/domain/job-state.ts'
import type { RawJob } from '../ports.ts'
import { batchSize, slices, write, type SyncContext } from './context.ts'
import { Pace } from './pace.ts'
import type { QueueState } from './queue-state.ts'
import { readStanding } from './read-jobs.ts'
import { finishedFirst, lists } from './state-order.ts'

/** Ids that are asked for at once. */
const idsAtOnce = 8 * batchSize
/** Of each queue, so many of the newest come before all else, so that the window is of use at once. */
const newest = 1000

/**
 * Reads what was there before, a batch at each step: newest first, of all queues in turn. Queues that are deferred
 * are passed over.
 */
export async function* backfill(
  context: SyncContext,
  queues: () => readonly QueueState[],
  progressed: (queue: QueueState, jobs: number) => void,
): AsyncGenerator<void, void, undefined> {
  for (const state of ['failed', 'completed'] as const) {
    for (const queue of queues()) {
      // One that was interrupted has had its newest.
      if (queue.backfilled[state] !== undefined) continue
      yield* readState(context, queue, state, { most: newest, progressed })
    }
  }
  for (const state of finishedFirst) {
    for (const queue of queues()) {
      if (queue.isDone(state)) continue
      yield* readState(context, queue, state, { most: Infinity, progressed })
    }
  }
}

interface Reading {
  most: number
  progressed: (queue: QueueState, jobs: number) => void
}

async function* readState(
  context: SyncContext,
  queue: QueueState,
  state: JobState,
  { most, progressed }: Reading,
): AsyncGenerator<void, void, undefined> {
  const place = new Place(queue.backfilled[state])
  const pace = new Pace()
  let read = 0
  for (;;) {
    if (read >= most || queue.deferred !== null) return
    const { epoch } = queue
    const { touched, release } = context.book.watch(queue.queue)
    try {
      const entries = await place.next(context, queue.queue, state, Math.min(idsAtOnce, most))
      if (entries.length === 0) break
      // Read before anything was missed: what comes after a gap covers those like all before them.
      let safe = 0
      for (let next = 0; next < entries.length;) {
        const step = entries.slice(next, next + pace.jobs)
        const began = context.now()
        const bytes = await readStep(context, queue.queue, state, step, touched)
        pace.took(step.length, context.now() - began, bytes)
        next += step.length
        read += step.length
        progressed(queue, step.length)
        yield
        // Where those left stand now nobody told: they are asked for once more.
        if (queue.epoch !== epoch) break
        safe = next
      }
      if (safe === 0) continue
      place.passed(entries.slice(0, safe))
    } finally {
      release()
    }
    queue.backfilled[state] = { reached: place.reached }
    await markDone(context, queue)
  }
  queue.backfilled[state] = 'done'
  await markDone(context, queue)
}

async function markDone({ lane, writer }: SyncContext, queue: QueueState): Promise<void> {
  const mark = queue.mark()
  await lane.mark(() => writer.mark(mark))
}

/** @returns bytes that it took, null where they are not known. */
async function readStep(
  context: SyncContext,
  queue: string,
  state: JobState,
  step: readonly { id: string; score: number | null }[],
  touched: ReadonlySet<string>,
): Promise<number | null> {
  const seenAt = context.now()
  const bytes = await readPacked(context, queue, state, step, touched, seenAt)
  if (bytes !== null) return bytes
  const jobs: RawJob[] = []
  for (const part of slices(step)) {
    jobs.push(...(await readStanding(context, queue, state, part, touched)).jobs)
  }
  // What events told of while the later ones were read is newer than what was read before.
  const current = jobs.filter(({ id }) => !touched.has(id))
  await write(context, { queue, seenAt, jobs: current, gone: [], deferred: true })
  return null
}

/** Reads jobs that only the writer looks into. @returns their bytes; null where that cannot be. */
async function readPacked(
  context: SyncContext,
  queue: string,
  state: JobState,
  step: readonly { id: string; score: number | null }[],
  touched: ReadonlySet<string>,
  seenAt: number,
): Promise<number | null> {
  const current = step.filter(({ id }) => !touched.has(id))
  const ids = current.map(({ id }) => id)
  const fields = await context.source.packed(queue, ids)
  if (fields === null) return null
  // Before their memory goes over to the writer.
  const read = fields.parts.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const scores = Float64Array.from(current, ({ score }) => score ?? Number.NaN)
  const except = ids.flatMap((id, index) => (touched.has(id) ? [index] : []))
  const packed = { state, ids, scores, fields, except: [...fields.absent, ...except] }
  await write(context, { queue, seenAt, jobs: [], packed, gone: [], deferred: true })
  return read
}

/** How far a state is read: a score of a sorted set, where ranks move; a rank in a list. */
class Place {
  reached: number
  #begun: boolean
  /** Of those with the very score that was reached. */
  #ties = 0

  constructor(mark: 'done' | { reached: number } | undefined) {
    const known = typeof mark === 'object'
    this.reached = known ? mark.reached : 0
    this.#begun = known
  }

  async next(
    { source }: SyncContext,
    queue: string,
    state: JobState,
    count: number,
  ): Promise<{ id: string; score: number | null }[]> {
    if (lists.has(state)) return source.ids(queue, state, this.reached, count)
    return source.idsByScore(queue, state, {
      from: -Infinity,
      to: this.#begun ? this.reached : Infinity,
      offset: this.#ties,
      count,
      newestFirst: true,
    })
  }

  passed(entries: readonly { score: number | null }[]): void {
    const last = entries.at(-1)?.score ?? null
    if (last === null) {
      this.reached += entries.length
      this.#begun = true
      return
    }
    const equal = entries.filter(({ score }) => score === last).length
    this.#ties = this.#begun && last === this.reached ? this.#ties + equal : equal
    this.reached = last
    this.#begun = true
  }
}
