import type { Condition } from '#shared/domain/filter/condition.ts'
import { parseFilter } from '#shared/domain/filter/parse.ts'
import { ConsoleError } from '#shared/errors.ts'

/**
 * What a filter asks for, its dates as of now and, where they name no zone, in that of this machine.
 *
 * @throws ConsoleError FILTER_INVALID with everything that does not hold.
 */
export function conditionsOf(filter: string, zone: string | undefined): Condition[] {
  const { conditions, problems } = parseFilter(filter, {
    now: Date.now(),
    zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  if (problems.length > 0) {
    throw new ConsoleError('FILTER_INVALID', {
      problems: problems.map(({ start, end, problem, text, suggestion }) => ({
        start,
        end,
        problem,
        text,
        ...(suggestion === undefined ? {} : { suggestion }),
      })),
    })
  }
  return conditions
}
