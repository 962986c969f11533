import type {
  FailureFigures,
  FailurePage,
  FailurePicking,
  FailureQuery,
} from '#core/mirror/ports.ts'
import { type Pickable, pickGroups } from '#core/failures/pick.ts'
import type { FailureGroups } from './failure-groups.ts'
import { FailureTrend, FailureWindow } from './failure-sums.ts'

/** What a group is sorted and picked by. */
type Entry = Pickable & ({ group: number } | { figures: FailureFigures })

/**
 * Lists of failure groups. There may be tens of thousands: of those that are not shown only what they are
 * picked by is read.
 */
export class FailurePages {
  readonly #groups: FailureGroups

  constructor(groups: FailureGroups) {
    this.#groups = groups
  }

  page(query: FailureQuery & FailurePicking): FailurePage {
    const whole = new FailureTrend(new FailureWindow(query))
    const { shown, total, counts } = pickGroups(this.#entries(query, whole), query)
    return {
      groups: this.#figures(shown, query),
      total,
      counts,
      failures: whole.count,
      trend: whole.trend,
      knownSince: this.#groups.knownSince(),
    }
  }

  #entries(query: FailureQuery & FailurePicking, whole: FailureTrend): Entry[] {
    const counts = new Map<number, number>()
    for (const [group, hour, count] of this.#groups.hours(query)) {
      counts.set(group, (counts.get(group) ?? 0) + count)
      whole.add(hour, count)
    }
    const users = query.sort === 'users' ? this.#groups.users(null, query) : null
    const roots = rootsOf(query.merged)
    const joined = new Set<string>()
    const entries: Entry[] = []
    for (const [group, id, firstSeenAt, lastSeenAt] of this.#groups.spans()) {
      const count = counts.get(group)
      if (count === undefined) continue
      const root = roots.get(id)
      if (root !== undefined) joined.add(root)
      else {
        entries.push({
          group,
          id,
          count,
          firstSeenAt,
          lastSeenAt,
          users: users?.get(group) ?? null,
        })
      }
    }
    // Groups that count as one are read as one, since neither users nor places add up.
    for (const root of joined) {
      const [first, ...others] = this.#groups.known([root, ...(query.merged[root] ?? [])])
      if (first === undefined) continue
      const { figures } = this.#groups.together([first, ...others], query)
      entries.push({ ...figures, id: root, figures: { ...figures, id: root } })
    }
    return entries
  }

  #figures(shown: readonly Entry[], query: FailureQuery): FailureFigures[] {
    const single = shown.flatMap((entry) => ('group' in entry ? [entry.group] : []))
    const read = new Map(
      this.#groups.figures(single, query).map((figures) => [figures.id, figures]),
    )
    return shown.flatMap((entry) =>
      'figures' in entry ? entry.figures : (read.get(entry.id) ?? []),
    )
  }
}

/** By each group that is merged with others, the one that stands for them. */
function rootsOf(merged: FailurePicking['merged']): ReadonlyMap<string, string> {
  const roots = new Map<string, string>()
  for (const [root, members] of Object.entries(merged)) {
    for (const id of [root, ...members]) roots.set(id, root)
  }
  return roots
}
