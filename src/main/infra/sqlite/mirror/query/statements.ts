import type { Database, Statement } from 'better-sqlite3'
import type { Sql } from './sql.ts'

/** Texts differ by the shape of a filter, so that the same few come again and again. */
const kept = 200

/** Runs SQL; statements are prepared once and kept, the last used ones. */
export class Statements {
  readonly #database: Database
  readonly #statements = new Map<string, Statement>()

  constructor(database: Database) {
    this.#database = database
  }

  all<Row>(query: Sql): Row[] {
    return this.#prepared(query.text, 'rows').all(...query.values) as Row[]
  }

  /** First column of each row. */
  column<Value>(query: Sql): Value[] {
    return this.#prepared(query.text, 'column').all(...query.values) as Value[]
  }

  /** Rows as arrays, one at a time. */
  arrays<Row extends readonly unknown[]>(query: Sql): IterableIterator<Row> {
    return this.#prepared(query.text, 'arrays').iterate(...query.values) as IterableIterator<Row>
  }

  /** All that `read` asks is of one moment. */
  atOnce<Result>(read: () => Result): Result {
    return this.#database.transaction(read)()
  }

  #prepared(text: string, mode: 'rows' | 'column' | 'arrays'): Statement {
    const key = `${mode} ${text}`
    let statement = this.#statements.get(key)
    if (statement === undefined) {
      statement = this.#database.prepare(text)
      if (mode === 'column') statement.pluck()
      if (mode === 'arrays') statement.raw()
    }
    this.#statements.delete(key)
    this.#statements.set(key, statement)
    if (this.#statements.size > kept) {
      const [oldest = ''] = this.#statements.keys()
      this.#statements.delete(oldest)
    }
    return statement
  }
}
