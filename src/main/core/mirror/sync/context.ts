import type { JobsBatch, MirrorCounts, MirrorSource, MirrorWriter } from '../ports.ts'
import type { EventBook } from './event-book.ts'
import type { Strays } from './strays.ts'
import type { WriteLane } from './write-lane.ts'

/** Jobs that are read and written at once. */
export const batchSize = 500

/** What every part of the synchronisation works with. */
export interface SyncContext {
  source: MirrorSource
  writer: MirrorWriter
  book: EventBook
  lane: WriteLane
  strays: Strays
  now: () => number
  /** Commands a second that the environment may cost. */
  ceiling: () => number
  /** Counts as a write gave them. */
  wrote: (counts: MirrorCounts) => void
}

/** Writes what was read just now, in order. */
export async function write(context: SyncContext, batch: JobsBatch): Promise<void> {
  const { packed } = batch
  if (batch.jobs.length === 0 && batch.gone.length === 0 && packed === undefined) return
  const { strays, now } = context
  const lost = batch.jobs.filter(({ state }) => state === 'unknown')
  strays.found(
    batch.queue,
    [...batch.jobs.filter(({ state }) => state !== 'unknown'), ...batch.gone].map(({ id }) => id),
  )
  if (packed !== undefined) strays.found(batch.queue, packed.ids)
  strays.note(
    batch.queue,
    lost.map(({ id }) => id),
    now(),
  )
  await context.lane.add(async () => context.wrote(await context.writer.write(batch)))
}

/** Parts of at most so many. */
export function slices<Value>(values: readonly Value[], size = batchSize): Value[][] {
  const parts: Value[][] = []
  for (let start = 0; start < values.length; start += size) {
    parts.push(values.slice(start, start + size))
  }
  return parts
}
