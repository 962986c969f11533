import type { Condition } from '#shared/domain/filter/condition.ts'
import { ConsoleError } from '#shared/errors.ts'

/** What groups can be told by, since their counts are kept by the hour and not by the job. */
const known: ReadonlySet<Condition['field']> = new Set(['queue', 'name', 'text'])

/** @throws ConsoleError FILTER_INVALID for conditions that a list of groups cannot tell. */
export function refuseOtherFields(filter: string, conditions: readonly Condition[]): void {
  const problems = conditions
    .filter(({ field }) => !known.has(field))
    .map(({ span: { start, end } }) => ({
      start,
      end,
      problem: 'field-not-here',
      text: filter.slice(start, end),
    }))
  if (problems.length > 0) throw new ConsoleError('FILTER_INVALID', { problems })
}
