import type { JobSort } from '#shared/domain/job-sort.ts'
import { literalPattern, patternParts } from '#shared/domain/filter/pattern.ts'
import { jobStates, type JobState } from '#shared/domain/job-state.ts'
import { joined, readFilter, textOf, without } from './filter/read-filter.ts'
import type { JobsSearch } from './search.ts'

export type Sort = JobSort | `-${JobSort}`
export const usualSort = '-at'

/** A state of a queue, which Redis itself lists. */
export interface QueueState {
  queue: string
  state: JobState
}

/** What the address asks to list: always as a filter, and as a list of Redis where it is one. */
export interface Listing {
  filter: string
  sort: Sort
  inRedis: QueueState | null
}

/** What an address lists. `knows` tells whether there is a queue of exactly this name. */
export function listingOf(search: JobsSearch, knows: (queue: string) => boolean): Listing {
  const { queue, state } = search
  const sort = search.sort ?? usualSort
  const alone = search.filter === undefined && search.sort === undefined
  if (queue !== undefined && alone) {
    const inRedis = { queue, state: state ?? 'failed' }
    return { filter: filterOf(inRedis), sort, inRedis }
  }
  const filter = joined(
    queue === undefined ? '' : textOf({ field: 'queue', values: [literalPattern(queue)] }),
    state === undefined ? '' : textOf({ field: 'state', values: [state] }),
    search.filter,
  )
  const plain = sort === usualSort ? queueStateOf(filter) : null
  return { filter, sort, inRedis: plain !== null && knows(plain.queue) ? plain : null }
}

/** The address of a list: by queue and state where it is no more than that. */
export function addressOf(
  filter: string,
  sort: Sort,
  knows: (queue: string) => boolean,
): JobsSearch {
  const plain = sort === usualSort ? queueStateOf(filter) : null
  if (plain !== null && knows(plain.queue)) return { ...plain }
  return {
    ...(filter === '' ? {} : { filter }),
    ...(sort === usualSort ? {} : { sort }),
  }
}

export function filterOf({ queue, state }: QueueState): string {
  return joined(
    textOf({ field: 'queue', values: [literalPattern(queue)] }),
    textOf({ field: 'state', values: [state] }),
  )
}

/** The queue and state that a filter asks for, where it asks for nothing else. */
function queueStateOf(filter: string): QueueState | null {
  const { conditions, problems } = readFilter(filter)
  if (problems.length > 0 || conditions.length !== 2) return null
  const queue = queueOf(filter)
  const [state, ...others] = statesOf(filter)
  if (queue === null || state === undefined || others.length > 0) return null
  return conditions.every(({ field }) => field === 'queue' || field === 'state')
    ? { queue, state }
    : null
}

/** The one queue a filter asks for; null where it asks for several, for a pattern, or for none. */
export function queueOf(filter: string): string | null {
  const named = readFilter(filter).conditions.filter(({ field }) => field === 'queue')
  const [condition, ...others] = named
  if (condition?.field !== 'queue' || condition.negated || others.length > 0) return null
  const [value, ...more] = condition.values
  if (value === undefined || more.length > 0) return null
  const [name = '', ...wild] = patternParts(value)
  return wild.length > 0 ? null : name
}

/** The states a filter asks for; none where it asks for all. */
export function statesOf(filter: string): JobState[] {
  const asked = new Set(
    readFilter(filter).conditions.flatMap((condition) =>
      condition.field === 'state' && !condition.negated ? condition.values : [],
    ),
  )
  return jobStates.filter((state) => asked.has(state))
}

/** The filter with another queue, or with all of them. */
export function withQueue(filter: string, queue: string | null): string {
  const rest = without(filter, ({ field }) => field === 'queue')
  return queue === null
    ? rest
    : joined(textOf({ field: 'queue', values: [literalPattern(queue)] }), rest)
}

/** The filter with one state, or with all of them. */
export function withState(filter: string, state: JobState | null): string {
  const queue = queueOf(filter)
  const rest = without(filter, ({ field }) => field === 'state')
  if (state === null) return rest
  const asked = textOf({ field: 'state', values: [state] })
  if (queue === null) return joined(asked, rest)
  // The queue stays first, as it is said: a state of a queue.
  return joined(
    textOf({ field: 'queue', values: [literalPattern(queue)] }),
    asked,
    without(rest, ({ field }) => field === 'queue'),
  )
}
