import { literalsOf, pieceMark, wordMark } from '../text-shape.ts'
import { sql } from './sql.ts'
import type { Statements } from './statements.ts'
import type { Tokenizer } from './tokens.ts'

/** What many texts have in common (text-shape.ts), as it is asked for. */
export interface Shape {
  /** For the indexes, quoted. */
  wordMark: string
  pieceMark: string
  /** Its parts, in small letters, with gaps between them. */
  literals: readonly string[]
  /** Its words, as the index has words. */
  words: readonly string[]
}

/** The shapes of a mirror; those that are new are read when they are asked for. */
export class ShapeReader {
  readonly #statements: Statements
  readonly #tokenizer: Tokenizer
  #shapes: (Shape & { id: number })[] = []
  #last = 0

  constructor(statements: Statements, tokenizer: Tokenizer) {
    this.#statements = statements
    this.#tokenizer = tokenizer
  }

  /** All that rows may have. */
  all(): readonly Shape[] {
    // Numbers only grow; to ask for a shape that is no more finds nothing.
    const added = this.#statements.all<{ id: number; text: string }>(
      sql`SELECT id, text FROM shape WHERE id > ${this.#last} ORDER BY id`,
    )
    const newest = added.at(-1)
    if (newest !== undefined) {
      // What was dropped made room for these.
      const kept = new Set(this.#statements.column<number>(sql`SELECT id FROM shape`))
      this.#shapes = [
        ...this.#shapes.filter(({ id }) => kept.has(id)),
        ...added.map(({ id, text }) => ({ id, ...this.#read(id, text) })),
      ]
      this.#last = newest.id
    }
    return this.#shapes
  }

  #read(id: number, text: string): Shape {
    const literals = literalsOf(text)
    return {
      wordMark: `"${wordMark(id)}"`,
      pieceMark: `"${pieceMark(id)}"`,
      literals: literals.map((literal) => literal.toLowerCase()),
      words: this.#tokenizer.words(literals.join(' ')),
    }
  }
}
