import type { Database } from 'better-sqlite3'
import type { JobColumns } from './columns.ts'
import { lastInstant } from './keys.ts'
import { keyTies } from './schema.ts'

/** A state of a queue. */
export interface Place {
  queue: number
  state: number
  /** Its rows stand under their scores, so that an index alone tells; */
  byKey: boolean
  /** but for so many milliseconds that a key may be later. */
  spill: number
}

/** What is asked of rows to compare them with Redis' sorted sets. */
export class Comparison {
  readonly #statements

  constructor(database: Database) {
    const held = 'FROM job INDEXED BY job_queue WHERE queue = ? AND state = ?'
    const between = `${held} AND key >= ? AND key < ?`
    this.#statements = {
      ids: database.prepare<[number, number], string>(`SELECT id ${held}`).pluck(),
      idsAfter: database.prepare<[number, number, number, number], { id: string; key: number }>(
        `SELECT id, key ${held} AND key > ? ORDER BY key LIMIT ?`,
      ),
      idsByScore: database
        .prepare<[number, number, number, number], string>(
          `SELECT id ${held} AND score BETWEEN ? AND ?`,
        )
        .pluck(),
      idsByKey: database
        .prepare<[number, number, number, number, number, number], string>(
          `SELECT id ${between} AND score BETWEEN ? AND ?`,
        )
        .pluck(),
      scores: database
        .prepare<[number, number], number>(`SELECT score ${held} AND score IS NOT NULL`)
        .pluck(),
      countByKey: database
        .prepare<[number, number, number, number], number>(`SELECT count(*) ${between}`)
        .pluck(),
      countByBoth: database
        .prepare<[number, number, number, number, number, number], number>(
          `SELECT count(*) ${between} AND score >= ? AND score < ?`,
        )
        .pluck(),
      below: database.prepare<[number, number, number, number], JobColumns>(
        `SELECT * ${held} AND score < ? LIMIT ?`,
      ),
      belowByKey: database.prepare<[number, number, number, number, number], JobColumns>(
        `SELECT * ${held} AND key < ? AND score < ? ORDER BY key LIMIT ?`,
      ),
      next: database.prepare<[number, number], JobColumns>(
        'SELECT * FROM job WHERE queue = ? LIMIT ?',
      ),
    }
  }

  ids({ queue, state, byKey, spill }: Place, range?: { from: number; to: number }): string[] {
    const { ids, idsByKey, idsByScore } = this.#statements
    if (range === undefined) return ids.all(queue, state)
    const { from, to } = range
    return byKey
      ? idsByKey.all(queue, state, keyFrom(Math.floor(from)), keyFrom(to + 1 + spill), from, to)
      : idsByScore.all(queue, state, from, to)
  }

  /** Of one state, so many at most with keys behind `after`. */
  idsAfter(
    { queue, state }: Place,
    after: number | null,
    count: number,
  ): { ids: string[]; next: number | null } {
    const rows = this.#statements.idsAfter.all(queue, state, after ?? -1, count)
    return {
      ids: rows.map(({ id }) => id),
      next: rows.length < count ? null : (rows.at(-1)?.key ?? null),
    }
  }

  /** Rows with scores from each edge to before the next, and from the last one on. */
  buckets(place: Place, edges: readonly number[]): number[] {
    const { queue, state, byKey } = place
    const { scores } = this.#statements
    if (byKey) {
      return edges.map((edge, index) =>
        this.#count(place, edge, edges[index + 1] ?? Number.POSITIVE_INFINITY),
      )
    }
    const counts = edges.map(() => 0)
    for (const score of scores.iterate(queue, state)) {
      const bucket = lastAtMost(edges, score)
      if (bucket >= 0) counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    return counts
  }

  below({ queue, state, byKey, spill }: Place, score: number, limit: number): JobColumns[] {
    const { below, belowByKey } = this.#statements
    return byKey
      ? belowByKey.all(queue, state, keyFrom(score + spill), score, limit)
      : below.all(queue, state, score, limit)
  }

  /** Only rows near the edges have to be looked at: a key is not earlier than its score, and little later. */
  #count({ queue, state, spill }: Place, from: number, to: number): number {
    const { countByKey, countByBoth } = this.#statements
    const looked = (first: number, last: number) =>
      countByBoth.get(queue, state, keyFrom(first), keyFrom(last), from, to) ?? 0
    if (spill === 0) return countByKey.get(queue, state, keyFrom(from), keyFrom(to)) ?? 0
    if (from + spill >= to) return looked(from, to + spill)
    const sure = countByKey.get(queue, state, keyFrom(from + spill), keyFrom(to)) ?? 0
    return looked(from, from + spill) + sure + looked(to, to + spill)
  }

  /** Some rows of a queue, whatever their state. */
  next(queue: number, limit: number): JobColumns[] {
    return this.#statements.next.all(queue, limit)
  }
}

/** The first key of those with scores that are not below. */
function keyFrom(score: number): number {
  return Math.min(Math.max(Math.ceil(score), 0), lastInstant + 1) * keyTies
}

/** Index of the last edge that is not above. */
function lastAtMost(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] ?? Infinity) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
