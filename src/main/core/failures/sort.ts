import type { FailureSort } from '#shared/contract/failures.ts'
import type { Pickable } from './pick.ts'

/** The most of it first; the newest first where that is equal. */
export function bySort(sort: FailureSort): (one: Pickable, other: Pickable) => number {
  const measure = measures[sort]
  return (one, other) =>
    measure(other) - measure(one) ||
    other.lastSeenAt - one.lastSeenAt ||
    (one.id < other.id ? -1 : 1)
}

const measures: Record<FailureSort, (group: Pickable) => number> = {
  last: ({ lastSeenAt }) => lastSeenAt,
  first: ({ firstSeenAt }) => firstSeenAt,
  count: ({ count }) => count,
  users: ({ users }) => users ?? 0,
}
