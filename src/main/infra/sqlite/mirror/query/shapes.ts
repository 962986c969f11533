import { literalsOf, pieceMark, wordMark } from '../text-shape.ts'
import { plain } from './sql.ts'
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

/** The shapes of a mirror; read again when there are new ones. */
export class ShapeReader {
  readonly #statements: Statements
  readonly #tokenizer: Tokenizer
  #shapes: Shape[] = []
  #last = 0

  constructor(statements: Statements, tokenizer: Tokenizer) {
    this.#statements = statements
    this.#tokenizer = tokenizer
  }

  /** All that rows may have. */
  all(): readonly Shape[] {
    const [last] = this.#statements.column<number | null>(plain('SELECT max(id) FROM shape'))
    // Numbers only grow; to ask for a shape that is no more finds nothing.
    if (last !== this.#last) {
      this.#shapes = this.#statements
        .all<{ id: number; text: string }>(plain('SELECT id, text FROM shape'))
        .map(({ id, text }) => this.#read(id, text))
      this.#last = last ?? 0
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
