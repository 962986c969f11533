import type { FailureGroup } from '#shared/contract/failures.ts'

/** The groups of an environment beside this one; null while they are not known. */
export interface Beside {
  id: string
  name: string
  groups: readonly FailureGroup[] | null
  /** It has more groups than these: of one that is not among them nothing is known. */
  partial: boolean
}

export interface Compared {
  group: FailureGroup
  /** Failures in each environment beside; null where that is not known. */
  counts: (number | null)[]
  /** The first environment that has it, where this one has not. */
  only: { id: string; name: string } | null
}

const idsOf = ({ id, merged }: FailureGroup) => [id, ...merged]

/**
 * The groups shown here with what others have of them, then those that only others have. A fingerprint is
 * the same everywhere, but what was merged into one group here may be several there.
 *
 * @param known all groups here, also those that are not shown: they are not only elsewhere
 * @param knowsAll false where there are more here than these: then none is told as only elsewhere
 */
export function compared(
  shown: readonly FailureGroup[],
  known: readonly FailureGroup[],
  beside: readonly Beside[],
  knowsAll = true,
): Compared[] {
  const here = new Map<string, string>()
  for (const group of [...known, ...shown]) for (const id of idsOf(group)) here.set(id, group.id)
  const elsewhere = new Map<string, Compared>()
  const counts = new Map<string, (number | null)[]>()
  const empty = () => beside.map(({ groups, partial }) => (groups === null || partial ? null : 0))
  beside.forEach(({ id, name, groups }, place) => {
    for (const group of groups ?? []) {
      const ids = idsOf(group)
      const of = ids.map((each) => here.get(each)).find((each) => each !== undefined)
      if (of !== undefined) {
        const figures = counts.get(of) ?? empty()
        add(figures, place, group.count)
        counts.set(of, figures)
        continue
      }
      const seen = ids.map((each) => elsewhere.get(each)).find((each) => each !== undefined)
      const row = seen ?? { group, counts: empty(), only: { id, name } }
      add(row.counts, place, group.count)
      for (const each of ids) elsewhere.set(each, row)
    }
  })
  return [
    ...shown.map((group) => ({ group, counts: counts.get(group.id) ?? empty(), only: null })),
    ...(knowsAll ? new Set(elsewhere.values()) : []),
  ]
}

function add(figures: (number | null)[], place: number, count: number): void {
  figures[place] = (figures[place] ?? 0) + count
}
