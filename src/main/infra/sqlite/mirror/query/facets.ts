import type { FacetField, Facets } from '#shared/contract/job-search.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import { branchSql, type Branch } from './branch.ts'
import type { Planner } from './plan.ts'
import { joined, plain, sql, type Sql } from './sql.ts'
import type { Statements } from './statements.ts'
import { Tally } from './tally.ts'
import type { Wanted } from './wanted.ts'
import { hasExtracted } from './ways.ts'

type Facet = Facets['facets'][number]

export interface FacetQuery {
  fields: readonly FacetField[]
  limit: number
  merged: Readonly<Record<string, readonly string[]>>
}

const columnOf: Record<FacetField, string> = {
  queue: 'queue',
  name: 'name',
  state: 'state',
  group: 'failure',
  user: 'user',
  brand: 'brand',
  provider: 'provider',
  model: 'model',
  variant: 'variant',
}

/** Counts of all rows stand in an index each; `where` is what such an index says of its rows. */
const indexOf: Record<FacetField, { index: string; where: string }> = {
  queue: { index: 'job_queue', where: 'TRUE' },
  name: { index: 'job_name', where: 'TRUE' },
  state: { index: 'job_state', where: 'TRUE' },
  group: { index: 'job_failure', where: 'j.failure IS NOT NULL' },
  user: { index: 'job_user', where: 'j.user IS NOT NULL' },
  brand: { index: 'job_extracted', where: hasExtracted.text },
  provider: { index: 'job_extracted', where: hasExtracted.text },
  model: { index: 'job_extracted', where: hasExtracted.text },
  variant: { index: 'job_extracted', where: hasExtracted.text },
}

/** How the rows of a filter are spread over the values of some fields: exact, each row counted once. */
export class FacetCounts {
  readonly #statements: Statements
  readonly #planner: Planner

  constructor(statements: Statements, planner: Planner) {
    this.#statements = statements
    this.#planner = planner
  }

  facets(wanted: Wanted, query: FacetQuery): Pick<Facets, 'facets' | 'total'> {
    const branches = this.#planner.plan(wanted, 'rows')
    const all =
      branches.length === 1 &&
      branches.every(({ table, where }) => table === 'job' && where.length === 0)
    const { total, tallies } = all
      ? this.#countIndexes(query.fields)
      : this.#countRows(branches, query.fields)
    return {
      facets: tallies.map(({ field, tally }) => this.#facet(field, tally, query)),
      total,
    }
  }

  /** Each index once, for all fields that stand in it. */
  #countIndexes(fields: readonly FacetField[]): Counted {
    const tallies = fields.map((field) => ({ field, tally: new Tally() }))
    const indexes = [...new Set(fields.map((field) => indexOf[field].index))]
    for (const index of indexes) {
      const own = tallies.filter(({ field }) => indexOf[field].index === index)
      const columns = joined(
        own.map(({ field }) => plain(`j.${columnOf[field]}`)),
        ', ',
      )
      const { where } = indexOf[own[0]?.field ?? 'queue']
      const groups = this.#statements.arrays<(number | null)[]>(
        sql`SELECT count(*), ${columns} FROM job AS j INDEXED BY ${plain(index)}
          WHERE ${plain(where)} GROUP BY ${columns}`,
      )
      for (const [count, ...values] of groups) {
        own.forEach(({ tally }, position) => tally.add(values[position] ?? null, count ?? 0))
      }
    }
    return {
      total: this.#statements.column<number>(plain('SELECT count(*) FROM job'))[0] ?? 0,
      tallies,
    }
  }

  /** One pass over the rows for all fields. */
  #countRows(branches: readonly Branch[], fields: readonly FacetField[]): Counted {
    const tallies = fields.map((field) => ({ field, tally: new Tally() }))
    const columns = joined(
      [plain('1'), ...fields.map((field) => plain(`j.${columnOf[field]}`))],
      ', ',
    )
    let total = 0
    for (const branch of branches) {
      for (const row of this.#statements.arrays<(number | null)[]>(branchSql(branch, columns))) {
        total += 1
        for (let at = 0; at < tallies.length; at += 1)
          tallies[at]?.tally.add(row[at + 1] ?? null, 1)
      }
    }
    return { total, tallies }
  }

  #facet(field: FacetField, tally: Tally, { limit, merged }: FacetQuery): Facet {
    const heads = field === 'group' ? this.#joinMerged(tally, merged) : new Map<number, string>()
    const values = tally.most(limit).map(([id, count]) => {
      const told = this.#told(field, id)
      return { ...told, value: heads.get(id) ?? told.value, count }
    })
    return { field, values, distinct: tally.distinct }
  }

  #told(field: FacetField, id: number): { value: string; label: string | null } {
    if (field === 'state') return { value: jobStates[id] ?? 'unknown', label: null }
    if (field === 'group') {
      const group = this.#statements.all<{ value: string; label: string }>(
        sql`SELECT fingerprint AS value, message AS label FROM failure_group WHERE id = ${id}`,
      )[0]
      return group ?? { value: '', label: null }
    }
    const text: Sql =
      field === 'queue'
        ? sql`SELECT name FROM queue WHERE id = ${id}`
        : sql`SELECT text FROM word WHERE id = ${id}`
    return { value: this.#statements.column<string>(text)[0] ?? '', label: null }
  }

  /** Groups that were merged count as the one they were merged into. @returns what they go by. */
  #joinMerged(tally: Tally, merged: FacetQuery['merged']): Map<number, string> {
    const heads = new Map<number, string>()
    for (const [head, others] of Object.entries(merged)) {
      const [first, ...rest] = this.#statements.column<number>(
        sql`SELECT id FROM failure_group
          WHERE fingerprint IN (SELECT value FROM json_each(${JSON.stringify([head, ...others])}))
          ORDER BY fingerprint <> ${head}`,
      )
      if (first === undefined) continue
      heads.set(first, head)
      for (const id of rest) tally.add(first, tally.take(id))
    }
    return heads
  }
}

interface Counted {
  total: number
  tallies: { field: FacetField; tally: Tally }[]
}
