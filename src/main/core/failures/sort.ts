import type { FailureGroup, failureSorts } from '#shared/contract/failures.ts'

/** The most of it first; the newest first where that is equal. */
export function bySort(
  sort: (typeof failureSorts)[number],
): (one: FailureGroup, other: FailureGroup) => number {
  const measure = measures[sort]
  return (one, other) =>
    measure(other) - measure(one) ||
    other.lastSeenAt - one.lastSeenAt ||
    (one.id < other.id ? -1 : 1)
}

const measures: Record<(typeof failureSorts)[number], (group: FailureGroup) => number> = {
  last: ({ lastSeenAt }) => lastSeenAt,
  first: ({ firstSeenAt }) => firstSeenAt,
  count: ({ count }) => count,
  users: ({ users }) => users ?? 0,
}
