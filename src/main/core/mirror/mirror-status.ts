import type { Coverage } from '#shared/contract/job-search.ts'
import type { MirrorSettings, MirrorStatus } from '#shared/contract/mirror.ts'
import type { MirrorCounts } from './ports.ts'
import type { SyncFigures } from './syncing.ts'

const noCounts: MirrorCounts = {
  rows: 0,
  gone: 0,
  undetailed: 0,
  unindexed: 0,
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
  /** As remembered, for when nothing is synchronised. */
  syncedAt: number | null
}): MirrorStatus {
  const { state, problem, figures, syncedAt } = parts
  const counts = parts.counts ?? noCounts
  const { rows, gone, unindexed, bytes, version } = counts
  return {
    state,
    problem,
    syncedAt: figures?.syncedAt ?? syncedAt,
    behind: figures?.behind ?? 0,
    backfill: figures?.backfill ?? null,
    details: figures?.details ?? null,
    text: unindexed === 0 ? null : { done: Math.max(0, rows - unindexed), total: rows },
    rows,
    gone,
    bytes,
    gaps: figures?.gaps ?? 0,
    version,
  }
}

/** What answers out of a mirror in this condition cover. */
export function coverageOf(
  { state, syncedAt, behind, backfill, details }: MirrorStatus,
  { payloadText }: MirrorSettings,
): Coverage {
  return {
    state,
    asOf: syncedAt,
    behind,
    backfilled: shareOf(backfill),
    detailed: shareOf(details),
    payloadText,
  }
}

const shareOf = (progress: { done: number; total: number } | null): number =>
  progress === null || progress.total === 0 ? 1 : Math.min(1, progress.done / progress.total)
