import type { FailureGroup } from '#shared/contract/failures.ts'
import type { FailureFigures, FailureSums } from '../mirror/ports.ts'
import type { FailureNote } from './ports.ts'
import { isReopened, statusOf } from './status.ts'

const day = 24 * 60 * 60 * 1000
const busiest = 5

/** A group as it is shown: its figures within a window, with what operators noted of it. */
export function groupOf(
  figures: FailureFigures,
  note: FailureNote | null,
  context: {
    sums: FailureSums
    window: { from: number; to: number }
    merged: readonly string[]
  },
): FailureGroup {
  const { id, errorClass, message, frame, count, failedNow, places, users, trend } = figures
  const { firstSeenAt, lastSeenAt, splitFrom } = figures
  const { window, merged } = context
  const { failures, knownSince } = context.sums
  return {
    id,
    name: note?.name ?? null,
    errorClass,
    message,
    frame,
    status: statusOf(note, lastSeenAt),
    reopened: isReopened(note, lastSeenAt),
    count,
    share: failures === 0 ? 0 : Math.min(1, count / failures),
    failedNow,
    queues: figures.queues.slice(0, busiest),
    places,
    firstSeenAt,
    lastSeenAt,
    // To a mirror that knows nothing from well before the window, everything would be new.
    isNew:
      count > 0 && firstSeenAt >= window.from && (knownSince ?? firstSeenAt) <= window.from - day,
    backAfter: quietBefore(figures, window),
    trend,
    users,
    note: note?.note ?? null,
    runbook: note?.runbook ?? null,
    merged: [...merged],
    split: note?.split ?? false,
    splitFrom,
    changedBy: note?.changedBy ?? null,
    changedAt: note?.changedAt ?? null,
  }
}

/** How long it was quiet before the window's first failure, which is known to a bar of the trend. */
function quietBefore(
  { previousAt, trend, firstSeenAt }: FailureFigures,
  { from, to }: { from: number; to: number },
): number | null {
  const bar = trend.findIndex((count) => count > 0)
  if (previousAt === null || bar < 0) return null
  const began = Math.max(from + (bar * (to - from)) / trend.length, firstSeenAt)
  const quiet = Math.round(began - previousAt)
  return quiet >= day ? quiet : null
}
