import { keyTies } from '../schema.ts'
import type { Sql } from './sql.ts'

export const tables = ['job', 'gone_job'] as const
export type Table = (typeof tables)[number]

/** Columns of which a filter names values, and an index finds them. */
export type SetColumn =
  | 'queue'
  | 'state'
  | 'name'
  | 'failure'
  | 'user'
  | 'brand'
  | 'provider'
  | 'model'
  | 'variant'

/** Something a row must be: `text` is about `j`, never NULL, and reads no more than `columns`. */
export interface Term {
  sql: Sql
  columns: readonly string[]
}

/** Something the text of a row must hold; the text index finds where, or it is looked for in the row. */
export interface TextTerm {
  index: 'words' | 'pieces'
  /** For the index: all rows that have it, and maybe others. */
  match: string
  /** For the index: some that surely have it; null for none. The same as `match` where that has no others. */
  sure: string | null
  /** For one row `j`. */
  each: Sql
  negated: boolean
  /** Only says where to look: what is found is looked at once more. */
  hint: boolean
}

/** What a filter asks for, resolved in one mirror: all of it at once. */
export interface Wanted {
  tables: readonly Table[]
  /** Keys from, and below. */
  from: number | null
  below: number | null
  sets: ReadonlyMap<SetColumn, readonly number[]>
  terms: readonly Term[]
  texts: readonly TextTerm[]
  /** Ids as they stand: found by the index of ids. */
  ids: readonly string[] | null
}

/** No job is so late: a key must stay an exact number. */
const latest = Math.floor(Number.MAX_SAFE_INTEGER / keyTies)

export const firstKeyAt = (at: number): number =>
  Math.max(0, Math.min(Math.ceil(at), latest)) * keyTies
