import type { Shape } from './shapes.ts'
import { sql } from './sql.ts'
import type { Statements } from './statements.ts'

/** Characters that the index knows together. */
const trigram = 3
/** Trigrams that are asked for: so many rare ones lead to few rows. */
const mostAsked = 4
/** Trigrams among which rare ones are chosen. */
const mostCompared = 40
/** The rarer a trigram, the further back so many rows with it go. */
const sampled = 64

/** How rows are found that may hold some characters. */
export interface Match {
  /** All rows that do, and maybe others. */
  match: string
  /** Some that surely do; null for none. The same as `match` where that has no others. */
  sure: string | null
}

/** Looks for characters in the index of pieces, which knows what is in the shape of a text apart from the rest. */
export class PieceReader {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** Of three characters or more, none of which is a line break. */
  find(characters: string, shapes: readonly Shape[]): Match {
    const wanted = characters.toLowerCase()
    const trigrams = trigramsOf(characters)
    const reach = this.#reaches()
    const sure: string[] = []
    const partly = new Map<string, { missing: string[]; marks: string[] }>()
    for (const { literals, pieceMark } of shapes) {
      if (literals.some((literal) => literal.includes(wanted))) sure.push(pieceMark)
      else if (mayReachInto(literals, wanted)) {
        const missing = trigrams.filter(
          (piece) => !literals.some((literal) => literal.includes(piece.toLowerCase())),
        )
        const key = missing.join('')
        const alike = partly.get(key) ?? { missing, marks: [] }
        alike.marks.push(pieceMark)
        partly.set(key, alike)
      }
    }
    const own = allOf(trigrams, reach)
    // Not where one trigram comes again and again: a row that has it may have it less often.
    if (Array.from(wanted).length === trigram) {
      const match = anyOf([own, ...sure])
      return { match, sure: match }
    }
    const reaching = [...partly.values()].map(({ missing, marks }) =>
      missing.length === 0 ? anyOf(marks) : `(${anyOf(marks)} AND ${allOf(missing, reach)})`,
    )
    return {
      match: anyOf([own, ...reaching, ...sure]),
      sure: sure.length === 0 ? null : anyOf(sure),
    }
  }

  /** How far back so many rows with a trigram go from the last key there may be; each is asked once. */
  #reaches(): (piece: string) => number {
    const known = new Map<string, number>()
    return (piece) => {
      let reach = known.get(piece)
      if (reach === undefined) {
        const [key] = this.#statements.column<number>(
          sql`SELECT rowid FROM pieces WHERE pieces MATCH ${quoted(piece)}
            ORDER BY rowid DESC LIMIT 1 OFFSET ${sampled}`,
        )
        reach = key === undefined ? Infinity : -key
        known.set(piece, reach)
      }
      return reach
    }
  }
}

/** Rows with all of these trigrams, or at least with the rarest of them. */
function allOf(trigrams: readonly string[], reach: (piece: string) => number): string {
  const asked =
    trigrams.length === 1
      ? trigrams
      : trigrams
          .slice(0, mostCompared)
          .map((piece) => ({ piece, reach: reach(piece) }))
          .sort((one, other) => other.reach - one.reach)
          .slice(0, mostAsked)
          .map(({ piece }) => piece)
  return `(${asked.map(quoted).join(' AND ')})`
}

function trigramsOf(text: string): string[] {
  const characters = Array.from(text)
  const found = new Map<string, string>()
  for (let at = 0; at + trigram <= characters.length; at += 1) {
    const piece = characters.slice(at, at + trigram).join('')
    found.set(piece.toLowerCase(), piece)
  }
  return [...found.values()]
}

/**
 * Whether the text may stand in a row so that a whole trigram of it is in a literal, and another part in a gap:
 * its beginning ends a literal, its end begins one, or a literal is within it.
 */
function mayReachInto(literals: readonly string[], wanted: string): boolean {
  return literals.some((literal, index) => {
    if (literal.length < trigram) return false
    const first = index === 0
    const last = index === literals.length - 1
    if (!first && !last && wanted.includes(literal)) return true
    const longest = Math.min(literal.length, wanted.length - 1)
    for (let length = trigram; length <= longest; length += 1) {
      if (!last && literal.endsWith(wanted.slice(0, length))) return true
      if (!first && literal.startsWith(wanted.slice(-length))) return true
    }
    return false
  })
}

const anyOf = (parts: readonly string[]) =>
  parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' OR ')})`

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
