import { among, every, plain, sql, type Sql } from './sql.ts'
import type { Table, TextTerm, Wanted } from './wanted.ts'

/**
 * One way to some of the rows: all branches of a plan together lead to each row once. Rows are `j`, but
 * for `key` and where only keys are found.
 */
export interface Branch {
  table: Table
  from: Sql
  where: readonly Sql[]
  /** Expression of the row's key. */
  key: 'j.key' | 'u.key' | 'words.rowid' | 'pieces.rowid'
}

export function branchSql({ from, where }: Branch, columns: Sql): Sql {
  return sql`SELECT ${columns} FROM ${from} WHERE ${every(where)}`
}

export function range(key: Branch['key'], { from, below }: Wanted): Sql[] {
  return [
    ...(from === null ? [] : [sql`${plain(key)} >= ${from}`]),
    ...(below === null ? [] : [sql`${plain(key)} < ${below}`]),
  ]
}

/** Where only keys are found, their rows are looked up. */
export function withRow(branch: Branch): Branch {
  const { from, key } = branch
  return key === 'j.key' || from.text.includes(' CROSS JOIN ')
    ? branch
    : { ...branch, from: sql`${from} CROSS JOIN job AS j ON j.key = ${plain(key)}` }
}

/** What is wanted of a row `j`, but for what the way to it has made sure of. */
export interface Rest {
  sets: Wanted['sets']
  terms: Wanted['terms']
  texts: readonly TextTerm[]
}

/**
 * `each` looks into every row; `indexed` asks the index once for all that have the text, and looks only into
 * rows that are not yet in it.
 */
export type TextMode = 'each' | 'indexed' | 'all-indexed'

export function restSql({ sets, terms, texts }: Rest, mode: TextMode): Sql[] {
  return [
    ...[...sets].map(([column, ids]) => among(`j.${column}`, ids)),
    ...terms.map((term) => term.sql),
    ...texts.filter(({ hint }) => !hint).map((text) => textSql(text, mode)),
  ]
}

function textSql(text: TextTerm, mode: TextMode): Sql {
  const { each, negated } = text
  const holds = {
    each,
    'all-indexed': foundSql(text),
    indexed: sql`CASE WHEN j.key IN (SELECT key FROM unindexed) THEN ${each}
      ELSE ${foundSql(text)} END`,
  }[mode]
  return negated ? sql`NOT (${holds})` : holds
}

function foundSql({ index, match, sure, each }: TextTerm): Sql {
  const among = (asked: string) =>
    sql`j.key IN (SELECT rowid FROM ${plain(index)} WHERE ${plain(index)} MATCH ${asked})`
  if (sure === match) return among(match)
  const maybe = sql`(${among(match)} AND ${each})`
  return sure === null ? maybe : sql`(${among(sure)} OR ${maybe})`
}
