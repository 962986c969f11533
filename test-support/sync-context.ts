import type { MirrorSource, QueueCensus } from '../src/main/core/mirror/ports.ts'
import type { SyncContext } from '../src/main/core/mirror/sync/context.ts'
import { EventBook } from '../src/main/core/mirror/sync/event-book.ts'
import { Strays } from '../src/main/core/mirror/sync/strays.ts'
import { WriteLane } from '../src/main/core/mirror/sync/write-lane.ts'
import { memoryMirror } from './memory-mirror.ts'

/** What a part of the synchronisation works with, over a mirror in memory; of Redis only what is given. */
export function syncContext(
  source: Partial<MirrorSource>,
  parts: Partial<SyncContext> = {},
): SyncContext {
  return {
    source: source as MirrorSource,
    writer: memoryMirror(),
    book: new EventBook(),
    lane: new WriteLane(),
    strays: new Strays(),
    now: () => 0,
    ceiling: () => 100_000,
    wrote: () => {},
    ...parts,
  }
}

/** A queue with one event in its stream, and no job but those given. */
export const censusOf = (
  queue: string,
  counts: Partial<QueueCensus['counts']> = {},
): QueueCensus => ({
  queue,
  at: 1,
  library: 'bullmq',
  exists: true,
  counts: {
    active: 0,
    waiting: 0,
    prioritized: 0,
    delayed: 0,
    'waiting-children': 0,
    failed: 0,
    completed: 0,
    ...counts,
  },
  stream: { last: { id: '1-0', added: 1 }, first: '1-0', length: 1 },
})
