import type { FailureFigures, FailurePage, FailurePicking } from '../mirror/ports.ts'
import { bySort } from './sort.ts'
import { statusOf } from './status.ts'

/** What groups are picked by. */
export type Pickable = Pick<FailureFigures, 'id' | 'count' | 'users' | 'firstSeenAt' | 'lastSeenAt'>

/** Those groups that a list is to have, in its order, and how many there are of each status. */
export function pickGroups<Group extends Pickable>(
  groups: readonly Group[],
  { status, sort, offset, limit, noted }: FailurePicking,
): { shown: Group[] } & Pick<FailurePage, 'total' | 'counts'> {
  const counts = { open: 0, resolved: 0, muted: 0 }
  const wanted = groups.filter(({ id, lastSeenAt }) => {
    const own = statusOf(Object.hasOwn(noted, id) ? (noted[id] ?? null) : null, lastSeenAt)
    counts[own] += 1
    return status === 'all' || own === status
  })
  const shown = wanted.sort(bySort(sort)).slice(offset, offset + limit)
  return { shown, total: wanted.length, counts }
}
