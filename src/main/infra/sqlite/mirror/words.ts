import type { Database } from 'better-sqlite3'
import { dictionaries, type Dictionary } from './schema.ts'

/** Values in memory per field; beyond, the file is asked. */
const cached = 20_000
/** Characters of a value that are kept. */
const longest = 300

/** Values that many jobs share, kept once. */
export class Words {
  readonly #insert
  readonly #select
  readonly #text
  readonly #ids = dictionaries.map(() => new Map<string, number>())

  constructor(database: Database) {
    this.#select = database
      .prepare<[number, string], number>('SELECT id FROM word WHERE field = ? AND text = ?')
      .pluck()
    this.#insert = database.prepare<[number, string]>(
      'INSERT INTO word (field, text) VALUES (?, ?)',
    )
    this.#text = database.prepare<[number], string>('SELECT text FROM word WHERE id = ?').pluck()
  }

  /** Its id, made where it is new. */
  idOf(dictionary: Dictionary, value: string): number {
    const field = dictionaries.indexOf(dictionary)
    const ids = this.#ids[field] ?? new Map<string, number>()
    const known = ids.get(value)
    if (known !== undefined) return known
    const text = value.length > longest ? value.slice(0, longest) : value
    const id =
      this.#select.get(field, text) ?? Number(this.#insert.run(field, text).lastInsertRowid)
    if (ids.size >= cached) ids.clear()
    // A copy: what is given may be a part of a text that is much longer.
    ids.set(Buffer.from(value).toString(), id)
    return id
  }

  maybe(dictionary: Dictionary, value: string | null): number | null {
    return value === null || value === '' ? null : this.idOf(dictionary, value)
  }

  textOf(id: number | null): string {
    return id === null ? '' : (this.#text.get(id) ?? '')
  }

  /** After a transaction that failed, what it made is not there. */
  forget(): void {
    for (const ids of this.#ids) ids.clear()
  }
}
