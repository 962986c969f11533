import { dictionaries, type Dictionary } from '../schema.ts'
import { caselessText, matchesAny } from './patterns.ts'
import { every, plain, sql, type Sql } from './sql.ts'
import type { Statements } from './statements.ts'

/** Ids of words, queues and failure groups by patterns of their text. */
export class DictionaryReader {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  words(field: Dictionary, patterns: readonly string[]): number[] {
    const texts = patterns.map(caselessText)
    const ofField = sql`field = ${dictionaries.indexOf(field)}`
    const matching = texts.every((text) => text !== null)
      ? sql`text IN (SELECT value FROM json_each(${JSON.stringify(texts)}))`
      : matchesAny(plain('text'), patterns)
    return this.#ids(sql`SELECT id FROM word WHERE ${every([ofField, matching])}`)
  }

  queues(patterns: readonly string[]): number[] {
    return this.#ids(sql`SELECT id FROM queue WHERE ${matchesAny(plain('name'), patterns)}`)
  }

  /** Of the groups that match, and of those that were merged into them. */
  groups(
    patterns: readonly string[],
    merged: Readonly<Record<string, readonly string[]>>,
  ): number[] {
    const found = this.#statements.column<string>(
      sql`SELECT fingerprint FROM failure_group WHERE ${matchesAny(plain('fingerprint'), patterns)}`,
    )
    const heads = this.#matchingHeads(patterns, Object.keys(merged))
    const others = [...found, ...heads].flatMap((head) =>
      Object.hasOwn(merged, head) ? (merged[head] ?? []) : [],
    )
    const all = [...new Set([...found, ...others])]
    return this.#ids(
      sql`SELECT id FROM failure_group
        WHERE fingerprint IN (SELECT value FROM json_each(${JSON.stringify(all)}))`,
    )
  }

  /** A group may have been merged into one that has no failures here. */
  #matchingHeads(patterns: readonly string[], heads: readonly string[]): string[] {
    return heads.length === 0
      ? []
      : this.#statements.column<string>(
          sql`SELECT value FROM json_each(${JSON.stringify(heads)})
            WHERE ${matchesAny(plain('value'), patterns)}`,
        )
  }

  #ids(query: Sql): number[] {
    return this.#statements.column<number>(query)
  }
}
