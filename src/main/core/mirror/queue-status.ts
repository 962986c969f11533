import type { MirrorQueue } from '#shared/contract/mirror.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import type { StateCounts } from '#shared/contract/queues.ts'
import type { SyncFigures } from './syncing.ts'

const none = Object.fromEntries(jobStates.map((state) => [state, 0])) as StateCounts

/** Queues by name: what the synchronisation says of each, with what the mirror holds of it. */
export function queuesWithCounts(
  synced: SyncFigures['queues'],
  census: ReadonlyMap<string, { counts: StateCounts; gone: number }>,
): MirrorQueue[] {
  const known = new Map(synced.map((queue) => [queue.queue, queue]))
  const names = [...new Set([...known.keys(), ...census.keys()])].sort()
  return names.map((name) => {
    const { counts, gone } = census.get(name) ?? { counts: none, gone: 0 }
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
    return { ...(known.get(name) ?? unsynced(name)), rows, gone, counts }
  })
}

/** A queue that is in the mirror, and that nothing is heard of now. */
const unsynced = (queue: string): SyncFigures['queues'][number] => ({
  queue,
  follow: 'stream',
  backfill: null,
  behind: 0,
  gaps: 0,
  lastGapAt: null,
  drift: null,
  checkedAt: null,
  streamLength: null,
})
