import type { FailureStatus } from '#shared/contract/failures.ts'
import type { NotedStatus } from '../mirror/ports.ts'

/** What a group stands as: one that was resolved and is seen again is open. */
export function statusOf(noted: NotedStatus | null, lastSeenAt: number): FailureStatus {
  return isReopened(noted, lastSeenAt) ? 'open' : (noted?.status ?? 'open')
}

/** Resolved, and seen again since. */
export function isReopened(noted: NotedStatus | null, lastSeenAt: number): boolean {
  return noted?.status === 'resolved' && noted.resolvedAt !== null && lastSeenAt > noted.resolvedAt
}
