import { range, restSql, withRow, type Branch, type TextMode } from './branch.ts'
import { unknownState } from './columns.ts'
import { dictionaries } from '../schema.ts'
import { stoppable } from './going-on.ts'
import type { PlanLimits } from './plan-limits.ts'
import { among, plain, sql, type Sql } from './sql.ts'
import type { Statements } from './statements.ts'
import { byExtracted, byId, byIndex, byText, orderedIndexes, scan, type Way } from './ways.ts'
import type { SetColumn, Wanted } from './wanted.ts'

/** `page` needs rows in the order of their keys, `rows` all of them, `count` only how many. */
export type Purpose = 'page' | 'rows' | 'count'

/**
 * Chooses ways on purpose rather than leave it to SQLite, which has no statistics here and takes the text
 * index for cheap: the way with the fewest rows, counted.
 */
export class Planner {
  readonly #statements: Statements
  readonly #limits: PlanLimits

  constructor(statements: Statements, limits: PlanLimits) {
    this.#statements = statements
    this.#limits = limits
  }

  /** Branches that together lead to each row wanted once; none where no row can be. */
  plan(wanted: Wanted, purpose: Purpose, skip = 0): Branch[] {
    if ([...wanted.sets.values(), wanted.ids ?? [null]].some(({ length }) => length === 0))
      return []
    return wanted.tables.flatMap((table) => {
      if (table === 'gone_job') {
        return (byId(table, wanted) ?? scan(table, wanted)).whole('each').map(stoppable)
      }
      const simple = this.#simplified(wanted)
      return (
        (purpose === 'count' ? this.#covered(simple) : null) ?? this.#best(simple, purpose, skip)
      )
    })
  }

  #best(wanted: Wanted, purpose: Purpose, skip: number): Branch[] {
    const allIndexed = this.#allIndexed()
    const ways = this.#ways(wanted, allIndexed)
    const { way, rows } = this.#shortest(ways, purpose) ?? {
      way: this.#through(wanted, purpose === 'page' && skip >= this.#limits.far),
      rows: this.#limits.estimate,
    }
    const indexed: TextMode = allIndexed ? 'all-indexed' : 'indexed'
    const mode = rows <= this.#limits.short ? 'each' : indexed
    if (purpose === 'page') return way.merged(mode).map(stoppable)
    return (purpose === 'rows' ? way.whole(mode).map(withRow) : way.whole(mode)).map(stoppable)
  }

  /** In the order of preference between ways that are long. */
  #ways(wanted: Wanted, allIndexed: boolean): Way[] {
    const byIndexes = orderedIndexes
      .filter(({ lead }) => wanted.sets.has(lead))
      .map((shape) => byIndex(this.#statements, shape, wanted, this.#limits))
    return [
      byId('job', wanted),
      byText(this.#statements, 'words', wanted, allIndexed, this.#limits),
      byText(this.#statements, 'pieces', wanted, allIndexed, this.#limits),
      ...byIndexes,
      byExtracted(this.#statements, wanted, this.#limits),
    ].filter((way) => way !== null)
  }

  /** All rows; a page far behind is found in an index of state and key, which is much shorter. */
  #through(wanted: Wanted, far: boolean): Way {
    const touched = wanted.sets.size + wanted.terms.length + wanted.texts.length > 0
    const byState = orderedIndexes.find(({ lead }) => lead === 'state')
    return far && !touched && byState !== undefined
      ? byIndex(this.#statements, byState, wanted, this.#limits)
      : scan('job', wanted)
  }

  #shortest(ways: readonly Way[], purpose: Purpose): { way: Way; rows: number } | null {
    const [only] = ways
    if (only === undefined) return null
    if (ways.length === 1 && only.ordered) return { way: only, rows: this.#limits.estimate }
    const counted = ways.map((way) => ({ way, rows: way.estimate() }))
    // What must be sorted may be long only where all of it is wanted anyway.
    const fitting = counted.filter(
      ({ way, rows }) => way.ordered || rows < this.#limits.estimate || purpose !== 'page',
    )
    const least = Math.min(...fitting.map(({ rows }) => rows))
    return fitting.find(({ rows }) => rows === least) ?? null
  }

  /** An index that holds all that is asked for, so that no row is touched. */
  #covered(wanted: Wanted): Branch[] | null {
    if (wanted.ids !== null || !this.#textsAsked(wanted)) return null
    const columns = new Set<string>([
      ...wanted.sets.keys(),
      ...wanted.terms.flatMap((term) => term.columns),
    ])
    const ranged = wanted.from !== null || wanted.below !== null
    if (columns.size === 0 && !ranged && wanted.texts.length === 0) {
      return [{ table: 'job', from: plain('job AS j'), where: [], key: 'j.key' }]
    }
    const mode: TextMode = this.#allIndexed() ? 'all-indexed' : 'indexed'
    const covering = orderedIndexes.filter(({ lead, state }) =>
      [...columns].every((column) => column === lead || (state && column === 'state')),
    )
    const seeking = covering.find(({ lead }) => lead === 'state' || wanted.sets.has(lead))
    if (seeking !== undefined)
      return byIndex(this.#statements, seeking, wanted, this.#limits).whole(mode)
    // Queue and name are never NULL, so that their indexes hold every row.
    const whole = covering.find(({ lead }) => lead === 'queue' || lead === 'name')
    if (whole === undefined) return null
    const where = [...range('j.key', wanted), ...restSql(wanted, mode)]
    return [{ table: 'job', from: plain(`job AS j INDEXED BY ${whole.name}`), where, key: 'j.key' }]
  }

  /** A text of few rows is better looked up in these; one of many, by its keys alone. */
  #textsAsked(wanted: Wanted): boolean {
    const found = wanted.texts.filter(({ negated }) => !negated)
    if (found.length === 0) return true
    if (found.some(({ hint }) => hint) || wanted.sets.size === 0 || !this.#allIndexed())
      return false
    return (['words', 'pieces'] as const).every((index) => {
      const rows = byText(this.#statements, index, wanted, true, this.#limits)?.estimate()
      return rows === undefined || rows >= this.#limits.estimate
    })
  }

  /** Conditions that all rows meet are left out: there may be only one queue, and only failed jobs. */
  #simplified(wanted: Wanted): Wanted {
    const sets = new Map(wanted.sets)
    for (const [column, index, all] of universes) {
      const asked = sets.get(column)
      if (asked === undefined) continue
      const others = this.#statements.column<number>(
        sql`${all} EXCEPT SELECT value FROM json_each(${JSON.stringify(asked)}) LIMIT ${mostOthers}`,
      )
      if (others.length < mostOthers && !this.#any(index, column, others)) sets.delete(column)
    }
    return { ...wanted, sets }
  }

  #any(index: string, column: SetColumn, ids: readonly number[]): boolean {
    return (
      ids.length > 0 &&
      this.#statements.column(
        sql`SELECT 1 FROM job AS j INDEXED BY ${plain(index)}
          WHERE ${among(`j.${column}`, ids)} LIMIT 1`,
      )[0] !== undefined
    )
  }

  #allIndexed(): boolean {
    return this.#statements.column(sql`SELECT 1 FROM unindexed LIMIT 1`)[0] === undefined
  }
}

/** Looked for one by one, so that only a few are. */
const mostOthers = 64

/** Columns that each row has, their index, and all values there are. */
const universes: readonly [SetColumn, string, Sql][] = [
  ['state', 'job_state', plain(`SELECT value FROM json_each('[0,1,2,3,4,5,6,${unknownState}]')`)],
  ['queue', 'job_queue', plain('SELECT id FROM queue')],
  ['name', 'job_name', sql`SELECT id FROM word WHERE field = ${dictionaries.indexOf('name')}`],
]
