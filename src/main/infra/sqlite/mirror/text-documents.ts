import type { Database } from 'better-sqlite3'
import { pieceMark, splitText, unsigned, wordMark } from './text-shape.ts'
import type { TextShapes } from './text-shapes.ts'

/** What a job is found by. */
export interface TextRow {
  key: number
  message: string | null
  id: string
  name: string
  user: string | null
  payload: string | null
}

/** Puts the text of rows (error, name, id, user, payload, a line each) into both indexes. Within a transaction. */
export class TextDocuments {
  readonly #shapes: TextShapes
  readonly #words
  readonly #pieces

  constructor(database: Database, shapes: TextShapes) {
    this.#shapes = shapes
    const insert = (index: string) =>
      database.prepare<[number, string, string | null]>(
        `INSERT INTO ${index} (rowid, text, shape) VALUES (?, ?, ?)`,
      )
    this.#words = insert('words')
    this.#pieces = insert('pieces')
  }

  insert({ key, message, id, name, user, payload }: TextRow): void {
    const said = unsigned(`${message ?? ''}\n${name}`)
    const own = unsigned(`\n${id}\n${user ?? ''}\n${payload ?? ''}`)
    const { shape, words, pieces } = splitText(said)
    const number = this.#shapes.idOf(shape)
    if (number === null) {
      this.#words.run(key, said + own, null)
      this.#pieces.run(key, said + own, null)
    } else {
      this.#words.run(key, words + own, wordMark(number))
      this.#pieces.run(key, pieces + own, pieceMark(number))
    }
  }
}
