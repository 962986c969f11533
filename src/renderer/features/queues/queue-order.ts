import type { Queue, StateCounts } from '#shared/contract/queues.ts'
import { jobStates, type JobState } from '#shared/domain/job-state.ts'
import { onlyOf, type Only, type QueuesSearch } from './search.ts'

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** With fewer failed jobs the share of failures says little, and swings with each job that ends. */
const fewestForShare = 3

/**
 * How much a queue wants to be looked at, in few steps: sorting by the figures themselves would make
 * rows jump with every second's reading, and nobody could read or click them.
 */
export function troubleOf(queue: Queue): number {
  const share = queue.counts.failed < fewestForShare ? 0 : (queue.failureShare ?? 0)
  if (share >= 0.5) return 4
  if (share >= 0.1) return 3
  if (queue.workers === 0 && queue.counts.waiting + queue.counts.active > 0) return 3
  if (share > 0) return 2
  return queue.counts.failed > 0 ? 1 : 0
}

/**
 * The order when none is chosen: trouble first, because "is anything wrong, and where" comes first;
 * among equals the number of digits of the failed jobs, which seldom changes, then the name.
 */
export function byTrouble(queues: readonly Queue[]): Queue[] {
  return queues.toSorted(
    (one, other) =>
      troubleOf(other) - troubleOf(one) ||
      digitsOf(other.counts.failed) - digitsOf(one.counts.failed) ||
      collator.compare(one.name, other.name),
  )
}

/** The few to look at first: among equals those with the most failed jobs. Moves with every reading. */
export function worstOf(queues: readonly Queue[], most: number): Queue[] {
  return queues
    .toSorted(
      (one, other) =>
        troubleOf(other) - troubleOf(one) ||
        other.counts.failed - one.counts.failed ||
        collator.compare(one.name, other.name),
    )
    .slice(0, most)
}

const digitsOf = (count: number): number => (count === 0 ? 0 : String(count).length)

const matches: Record<Only, (queue: Queue) => boolean> = {
  failures: (queue) => queue.counts.failed > 0 || (queue.failureShare ?? 0) > 0,
  paused: (queue) => queue.paused,
  'no-workers': (queue) => queue.workers === 0,
}

/** Queues that match the text and any of the toggles that are on. */
export function filterQueues(queues: readonly Queue[], search: QueuesSearch): Queue[] {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const only = onlyOf(search)
  return queues.filter(
    (queue) =>
      words.every((word) => queue.name.toLowerCase().includes(word)) &&
      (only.length === 0 || only.some((option) => matches[option](queue))),
  )
}

/** How many queues each toggle would leave. */
export function countOnly(queues: readonly Queue[]): Record<Only, number> {
  const count = (only: Only) => queues.filter((queue) => matches[only](queue)).length
  return { failures: count('failures'), paused: count('paused'), 'no-workers': count('no-workers') }
}

export interface Totals {
  counts: StateCounts
  /** Null while no queue was watched long enough. */
  rateIn: number | null
  rateOut: number | null
}

export function totalsOf(queues: readonly Queue[]): Totals {
  const counts = Object.fromEntries(
    jobStates.map((state) => [state, queues.reduce((sum, queue) => sum + queue.counts[state], 0)]),
  ) as StateCounts
  return {
    counts,
    rateIn: sumKnown(queues.map((queue) => queue.rateIn)),
    rateOut: sumKnown(queues.map((queue) => queue.rateOut)),
  }
}

function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}

/** The state worth opening first: failures, then what happens now, then what waits, then the past. */
const openingOrder: readonly JobState[] = [
  'failed',
  'active',
  'waiting',
  'prioritized',
  'delayed',
  'waiting-children',
  'completed',
]

export function stateToOpen(counts: StateCounts): JobState {
  return openingOrder.find((state) => counts[state] > 0) ?? 'waiting'
}
