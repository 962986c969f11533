import type { JobState } from '#shared/domain/job-state.ts'
import type { ScoreRange } from './compare-range.ts'
import type { SyncContext } from './context.ts'

/** Counted in one round trip. */
const mostBuckets = 1000
/** Jobs of a bucket on average: such a piece is compared id by id. */
const piece = 500
/** A larger piece is divided again. */
const largest = 5000

/** Lower ends of equal parts of a range; whole numbers, as all scores are. */
export function edgesOf({ from, to }: ScoreRange, parts: number): number[] {
  const step = (to - from) / parts
  const edges = Array.from({ length: parts }, (_, index) => Math.floor(from + step * index))
  return [...new Set(edges)]
}

/**
 * Ranges of scores in which Redis and the mirror count differently, found by counting; null in between, so that
 * others get their turn.
 */
export async function* differingRanges(
  context: SyncContext,
  queue: string,
  state: JobState,
  bounds: ScoreRange & { count: number },
): AsyncGenerator<ScoreRange | null, void, undefined> {
  const beyond = after(bounds.to)
  const outside = await countBoth(context, queue, state, [-Infinity, bounds.from, beyond])
  if (differs(outside[0])) yield { from: -Infinity, to: bounds.from }
  if (differs(outside[2])) yield { from: beyond, to: Infinity }
  const left: (ScoreRange & { count: number })[] = [bounds]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const parts = Math.max(2, Math.min(mostBuckets, Math.ceil(next.count / piece)))
    const edges = edgesOf(next, parts)
    const counted = await countBoth(context, queue, state, [...edges, after(next.to)])
    for (const [index, from] of edges.entries()) {
      const pair = counted[index]
      if (pair === undefined || !differs(pair)) continue
      const range = { from, to: edges[index + 1] ?? next.to, count: Math.max(...pair) }
      const divisible = edges.length > 1 && range.count > largest && range.to - range.from > 1
      if (divisible) left.push(range)
      else yield range
    }
    yield null
  }
}

const differs = (pair: readonly [number, number] | undefined) =>
  pair !== undefined && pair[0] !== pair[1]

/** In Redis and in the mirror. */
async function countBoth(
  { source, writer, lane }: SyncContext,
  queue: string,
  state: JobState,
  edges: readonly number[],
): Promise<[number, number][]> {
  const theirs = await source.buckets(queue, state, edges)
  await lane.flush()
  const ours = await writer.buckets(queue, state, edges)
  return edges.map((_, index) => [theirs[index] ?? 0, ours[index] ?? 0])
}

/** The next number that a double can tell from this one. */
function after(score: number): number {
  const next = score + 1
  return next > score ? next : score + Math.abs(score) * Number.EPSILON
}
