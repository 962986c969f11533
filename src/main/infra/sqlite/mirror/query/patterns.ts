import type { Database } from 'better-sqlite3'
import { patternParts } from '#shared/domain/filter/pattern.ts'
import { some, sql, type Sql } from './sql.ts'

/*
 * SQLite's LIKE disregards case for ASCII alone. Where a pattern has other letters, both sides are folded
 * by a function of ours; that is slower, so it is only done then.
 */

export function registerFolding(database: Database): void {
  database.function('folded', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? text.toLowerCase() : null,
  )
}

/** Whether any of these patterns (filter/pattern.ts) holds for the whole of a text; NULL of NULL. */
export function matchesAny(text: Sql, patterns: readonly string[]): Sql {
  return some(patterns.map((pattern) => like(text, patternParts(pattern).map(escaped).join('%'))))
}

/** Whether these characters stand in a text, in a row; NULL of NULL. */
export function contains(text: Sql, characters: string): Sql {
  return like(text, `%${escaped(characters)}%`)
}

function like(text: Sql, pattern: string): Sql {
  return isAscii(pattern)
    ? sql`${text} LIKE ${pattern} ESCAPE '!'`
    : sql`folded(${text}) LIKE ${pattern.toLowerCase()} ESCAPE '!'`
}

/** The text alone where nothing in it has a case, so that an index can find it; null otherwise. */
export function caselessText(pattern: string): string | null {
  const parts = patternParts(pattern)
  const [text = ''] = parts
  return parts.length === 1 && text.toLowerCase() === text.toUpperCase() ? text : null
}

/** The longest run of a pattern that has no wildcard. */
export function longestPart(pattern: string): string {
  return patternParts(pattern).reduce((longest, part) =>
    part.length > longest.length ? part : longest,
  )
}

const escaped = (text: string) => text.replaceAll(/[%_!]/g, '!$&')

// oxlint-disable-next-line no-control-regex
const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text)
