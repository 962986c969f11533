import type { MirrorJob } from '#shared/contract/job-search.ts'
import type { SearchQuery, SearchResult } from '#core/mirror/ports.ts'
import { branchSql } from './branch.ts'
import { decodeCursor, encodeCursor, queryIdentity } from './cursor.ts'
import { readOrder, sortValue, type Order, type Position } from './order.ts'
import { pageSql } from './page-sql.ts'
import type { Planner } from './plan.ts'
import { readJobs } from './rows.ts'
import { SortedLists } from './sorted-keys.ts'
import { plain, sql } from './sql.ts'
import type { Statements } from './statements.ts'
import { tables, type Wanted } from './wanted.ts'

/** A page of rows in some order, and how many there are. */
export class JobPages {
  readonly #statements: Statements
  readonly #planner: Planner
  readonly #lists: SortedLists

  constructor(statements: Statements, planner: Planner) {
    this.#statements = statements
    this.#planner = planner
    this.#lists = new SortedLists(statements)
  }

  /** @throws InvalidCursor */
  search(wanted: Wanted, query: SearchQuery): SearchResult {
    const identity = queryIdentity(query.sort, query.conditions)
    const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, identity)
    const skip = cursor === null ? (query.offset ?? 0) : 0
    const order = readOrder(query.sort)
    const limit = query.limit + 1
    const sorted = this.#sorted(wanted, query, identity, cursor)
    const found = sorted?.positions ?? this.#positions(wanted, order, cursor, limit, skip)
    const page = found.slice(0, query.limit)
    const last = found.length > query.limit ? page.at(-1) : undefined
    // The first page may be all there is.
    const whole = cursor === null && skip === 0 && last === undefined
    const counted = () => sorted?.total ?? (whole ? found.length : this.count(wanted))
    return {
      items: this.#rows(page),
      cursor: last === undefined ? null : encodeCursor(this.#valued(last, order), identity),
      total: query.count === 'exact' ? counted() : null,
    }
  }

  /** Of what does not have a text: of all, without those that have it. Those are counted sooner. */
  count(wanted: Wanted): number {
    const [negated, ...others] = wanted.texts.filter((text) => text.negated)
    if (negated !== undefined && others.length === 0 && wanted.terms.length === 0) {
      const texts = wanted.texts.filter((text) => text !== negated)
      const having = { ...wanted, texts: [...texts, { ...negated, negated: false }] }
      return this.#countAll({ ...wanted, texts }) - this.#countAll(having)
    }
    return this.#countAll(wanted)
  }

  #countAll(wanted: Wanted): number {
    return this.#planner
      .plan(wanted, 'count')
      .map(
        (branch) => this.#statements.column<number>(branchSql(branch, plain('count(*)')))[0] ?? 0,
      )
      .reduce((sum, count) => sum + count, 0)
  }

  #positions(
    wanted: Wanted,
    order: Order,
    cursor: Position | null,
    limit: number,
    skip: number,
  ): Position[] {
    const byKey = order.sort === 'at'
    const branches = this.#planner.plan(
      byKey ? beyond(wanted, order, cursor) : wanted,
      byKey ? 'page' : 'rows',
      skip,
    )
    if (branches.length === 0) return []
    return this.#statements.all<Position>(pageSql({ branches, order, cursor, limit, skip }))
  }

  /** One of many pages in an order that no index has. */
  #sorted(wanted: Wanted, query: SearchQuery, identity: string, cursor: Position | null) {
    const order = readOrder(query.sort)
    return query.bulk === true && order.sort !== 'at' && query.offset === undefined
      ? this.#lists.page(identity, order, cursor, query.limit + 1, () =>
          this.#planner.plan(wanted, 'rows'),
        )
      : null
  }

  /** With what it is sorted by, so that a list that is forgotten goes on from there. */
  #valued(position: Position, { sort }: Order): Position {
    if (sort === 'at' || position.value !== null) return position
    // It may be gone since the list began, or back.
    for (const at of [position.table, 1 - position.table]) {
      const table = plain(tables[at] ?? 'job')
      const [value] = this.#statements.column<Position['value']>(
        sql`SELECT ${sortValue[sort]} FROM ${table} AS j WHERE j.key = ${position.key}`,
      )
      if (value !== undefined) return { ...position, value }
    }
    return position
  }

  /** In a list that began before, a row may be gone meanwhile, or back: its key is the same in the other table. */
  #rows(positions: readonly Position[]): MirrorJob[] {
    const own = this.#read(positions, (table, index) => table === index)
    const missing = positions.filter(({ table, key }) => own[table]?.has(key) !== true)
    const other = this.#read(missing, (table, index) => table !== index)
    return positions.flatMap(
      ({ table, key }) => own[table]?.get(key) ?? other[1 - table]?.get(key) ?? [],
    )
  }

  #read(
    positions: readonly Position[],
    isIn: (table: number, index: number) => boolean,
  ): Map<number, MirrorJob>[] {
    return tables.map((name, index) => {
      const here = positions.filter(({ table }) => isIn(table, index))
      const keys = here.map(({ key }) => key)
      return readJobs(this.#statements, name, keys)
    })
  }
}

/** By key, a cursor is an edge of the range: the index then begins there. */
function beyond(wanted: Wanted, order: Order, cursor: Position | null): Wanted {
  if (cursor === null) return wanted
  const { key } = cursor
  return order.descending
    ? { ...wanted, below: Math.min(wanted.below ?? Infinity, key + 1) }
    : { ...wanted, from: Math.max(wanted.from ?? 0, key) }
}
