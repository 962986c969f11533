import type { Database } from 'better-sqlite3'
import type { JobColumns } from './columns.ts'
import { lastInstant } from './keys.ts'
import { keyTies } from './schema.ts'

/** A state of a queue; `byKey` where its rows stand under their scores, so that an index alone tells. */
export interface Place {
  queue: number
  state: number
  byKey: boolean
}

/** What is asked of rows to compare them with Redis' sorted sets. */
export class Comparison {
  readonly #statements

  constructor(database: Database) {
    const held = 'FROM job INDEXED BY job_queue WHERE queue = ? AND state = ?'
    const between = `${held} AND key >= ? AND key < ?`
    this.#statements = {
      ids: database.prepare<[number, number], string>(`SELECT id ${held}`).pluck(),
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
      below: database.prepare<[number, number, number, number], JobColumns>(
        `SELECT * ${held} AND score < ? LIMIT ?`,
      ),
      belowByKey: database.prepare<[number, number, number, number], JobColumns>(
        `SELECT * ${held} AND key < ? ORDER BY key LIMIT ?`,
      ),
      next: database.prepare<[number, number], JobColumns>(
        'SELECT * FROM job WHERE queue = ? LIMIT ?',
      ),
    }
  }

  ids({ queue, state, byKey }: Place, range?: { from: number; to: number }): string[] {
    const { ids, idsByKey, idsByScore } = this.#statements
    if (range === undefined) return ids.all(queue, state)
    const { from, to } = range
    return byKey
      ? idsByKey.all(queue, state, keyFrom(Math.floor(from)), keyFrom(to + 1), from, to)
      : idsByScore.all(queue, state, from, to)
  }

  /** Rows with scores from each edge to before the next, and from the last one on. */
  buckets({ queue, state, byKey }: Place, edges: readonly number[]): number[] {
    const { countByKey, scores } = this.#statements
    if (byKey) {
      return edges.map(
        (edge, index) =>
          countByKey.get(
            queue,
            state,
            keyFrom(edge),
            keyFrom(edges[index + 1] ?? Number.POSITIVE_INFINITY),
          ) ?? 0,
      )
    }
    const counts = edges.map(() => 0)
    for (const score of scores.iterate(queue, state)) {
      const bucket = lastAtMost(edges, score)
      if (bucket >= 0) counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    return counts
  }

  below({ queue, state, byKey }: Place, score: number, limit: number): JobColumns[] {
    const { below, belowByKey } = this.#statements
    return byKey
      ? belowByKey.all(queue, state, keyFrom(score), limit)
      : below.all(queue, state, score, limit)
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
