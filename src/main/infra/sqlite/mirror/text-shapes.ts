import type { Database } from 'better-sqlite3'
import { wordMark } from './text-shape.ts'

/** Each one that has what is searched for is asked for on its own, so that they are few. */
const mostShapes = 512
/** Shapes of which one row was seen. */
const mostSeen = 4000
/** Rows without a shape between two looks for one that is no longer used. */
const lookAfter = 50_000

/** The shapes that many rows have, by the numbers they have in the file. Within a transaction. */
export class TextShapes {
  readonly #select
  readonly #insert
  readonly #remove
  readonly #isUsed
  readonly #ids = new Map<string, number>()
  readonly #seen = new Set<string>()
  /** Rows since it was full. */
  #left = 0

  constructor(database: Database) {
    this.#select = database.prepare<[], { id: number; text: string }>('SELECT id, text FROM shape')
    this.#insert = database.prepare<[string]>('INSERT INTO shape (text) VALUES (?)')
    this.#remove = database.prepare<[number]>('DELETE FROM shape WHERE id = ?')
    this.#isUsed = database
      .prepare<[string], number>('SELECT 1 FROM words WHERE words MATCH ? LIMIT 1')
      .pluck()
    this.load()
  }

  /** As the file has them. */
  load(): void {
    this.#ids.clear()
    this.#seen.clear()
    for (const { id, text } of this.#select.all()) this.#ids.set(text, id)
  }

  /** Null for one that no other row had lately, and when there are too many. */
  idOf(shape: string): number | null {
    const known = this.#ids.get(shape)
    if (known !== undefined) return known
    if (!this.#seen.has(shape)) {
      if (this.#seen.size >= mostSeen) this.#seen.clear()
      this.#seen.add(shape)
      return null
    }
    if (this.#ids.size >= mostShapes && !this.#makeRoom()) return null
    const id = Number(this.#insert.run(shape).lastInsertRowid)
    this.#ids.set(shape, id)
    return id
  }

  /** Drops what no row has any more. */
  #makeRoom(): boolean {
    this.#left += 1
    if (this.#left < lookAfter) return false
    this.#left = 0
    for (const [shape, id] of this.#ids) {
      if (this.#isUsed.get(`"${wordMark(id)}"`) !== undefined) continue
      this.#remove.run(id)
      this.#ids.delete(shape)
    }
    return this.#ids.size < mostShapes
  }
}
