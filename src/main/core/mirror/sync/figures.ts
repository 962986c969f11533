import type { MirrorCounts } from '../ports.ts'
import type { SyncFigures } from '../syncing.ts'
import type { QueueState } from './queue-state.ts'

/** Figures out of what is known; nothing is asked for. */
export function figuresOf(known: {
  queues: readonly QueueState[]
  /** Jobs of a queue of which events told, and that are not yet read. */
  pending: (queue: string) => number
  begun: boolean
  syncedAt: number | null
  unread: SyncFigures['unread']
  counts: MirrorCounts | null
  /** Jobs backfilled per second. */
  rate: number | null
}): SyncFigures {
  const { pending, begun, syncedAt, unread, counts, rate } = known
  const queues = known.queues.map((state): SyncFigures['queues'][number] => ({
    queue: state.queue,
    follow: state.deferred === null ? state.follow : 'deferred',
    backfill: progressOf(state),
    behind: pending(state.queue) + state.unread,
    gaps: state.gaps,
    lastGapAt: state.lastGapAt,
    drift: state.drift,
    checkedAt: state.checkedAt,
    streamLength: state.streamLength,
  }))
  const sum = (of: (queue: (typeof queues)[number]) => number) =>
    queues.reduce((total, queue) => total + of(queue), 0)
  const backfilled = known.queues.every(({ isBackfilled }) => isBackfilled)
  const all = known.queues.map(({ backfill }) => backfill)
  const total = all.reduce((total, backfill) => total + backfill.total, 0)
  const done = all.reduce((done, backfill) => done + Math.min(backfill.done, backfill.total), 0)
  const left = rate === null || rate === 0 ? null : Math.round(((total - done) / rate) * 1000)
  const undetailed = counts?.undetailed ?? 0
  const rows = counts?.rows ?? 0
  return {
    state: !begun ? 'starting' : backfilled ? 'following' : 'backfilling',
    syncedAt,
    unread,
    behind: sum(({ behind }) => behind),
    backfill: backfilled ? null : { done, total, rate, left },
    details: undetailed === 0 ? null : { done: Math.max(0, rows - undetailed), total: rows },
    gaps: sum(({ gaps }) => gaps),
    counts,
    queues,
  }
}

function progressOf({ isBackfilled, backfill }: QueueState) {
  if (isBackfilled) return null
  return { done: Math.min(backfill.done, backfill.total), total: backfill.total }
}
