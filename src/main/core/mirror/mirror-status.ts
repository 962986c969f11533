import type { Coverage } from '#shared/contract/job-search.ts'
import type { MirrorSettings, MirrorStatus } from '#shared/contract/mirror.ts'
import type { MirrorCounts } from './ports.ts'
import type { Reached } from './recall.ts'
import type { SyncFigures } from './syncing.ts'

const noCounts: MirrorCounts = {
  rows: 0,
  gone: 0,
  undetailed: 0,
  unindexed: 0,
  tooLong: 0,
  bytes: 0,
  version: 0,
}

/** What is shown of a mirror, out of what its parts tell. */
export function statusOf(parts: {
  state: MirrorStatus['state']
  problem: MirrorStatus['problem']
  /** Null while nothing is synchronised. */
  figures: SyncFigures | null
  counts: MirrorCounts | null
  /** What holds until the synchronisation knows better. */
  reached: Reached
}): MirrorStatus {
  const { state, problem, figures, reached } = parts
  const { rows, gone, undetailed, unindexed, tooLong, bytes, version } = parts.counts ?? noCounts
  const without = (left: number) =>
    left === 0 ? null : { done: Math.max(0, rows - left), total: rows }
  const begun = figures !== null && figures.state !== 'starting'
  const remembered = reached.backfill && { ...reached.backfill, rate: null, left: null }
  return {
    state,
    problem,
    unread: figures?.unread ?? null,
    syncedAt: figures?.syncedAt ?? reached.syncedAt,
    behind: figures?.behind ?? 0,
    backfill: begun ? figures.backfill : remembered,
    details: without(undetailed),
    text: without(unindexed),
    tooLong,
    rows,
    gone,
    bytes,
    gaps: figures?.gaps ?? 0,
    version,
  }
}

/** What answers out of a mirror in this condition cover. */
export function coverageOf(
  { state, syncedAt, behind, backfill, details, tooLong }: MirrorStatus,
  { payloadText }: MirrorSettings,
): Coverage {
  return {
    state,
    asOf: syncedAt,
    behind,
    backfilled: shareOf(backfill),
    detailed: shareOf(details),
    tooLong,
    payloadText,
  }
}

/** Of nothing known, nothing is read. */
const shareOf = (progress: { done: number; total: number } | null): number => {
  if (progress === null) return 1
  return progress.total === 0 ? 0 : Math.min(1, progress.done / progress.total)
}
