import type { Database } from 'better-sqlite3'
import type { Tally } from './tally.ts'
import { TextDocuments, type TextRow } from './text-documents.ts'
import { TextShapes } from './text-shapes.ts'

/** Characters put into the indexes in one go: some milliseconds, whatever the payloads. */
const longestSlice = 250_000
/** Pages merged in one go: some milliseconds. */
const mergedPages = 64
const indexes = ['words', 'pieces'] as const

/**
 * The two text indexes, and the rows that are not in them yet. All but `merge` within a transaction.
 */
export class TextIndex {
  readonly #database: Database
  readonly #tally: Tally
  readonly #shapes: TextShapes
  readonly #documents: TextDocuments
  readonly #statements

  constructor(database: Database, tally: Tally) {
    this.#database = database
    this.#tally = tally
    this.#shapes = new TextShapes(database)
    this.#documents = new TextDocuments(database, this.#shapes)
    this.#statements = {
      wait: database.prepare<[number]>('INSERT INTO unindexed (key) VALUES (?)'),
      waitAll: database.prepare<[string]>(
        'INSERT INTO unindexed (key) SELECT value FROM json_each(?)',
      ),
      forget: database.prepare<[number]>('DELETE FROM unindexed WHERE key = ?'),
      next: database.prepare<[number], TextRow>(nextRows('true')),
      nextDetailed: database.prepare<[number, number], TextRow>(
        nextRows(
          'job.detailed <> 0 AND u.key IN (SELECT key FROM unindexed ORDER BY key DESC LIMIT ?)',
        ),
      ),
      remove: indexes.map((name) =>
        database.prepare<[number]>(`DELETE FROM ${name} WHERE rowid = ?`),
      ),
      merge: indexes.map((name) =>
        database.prepare<[number]>(`INSERT INTO ${name} (${name}, rank) VALUES ('merge', ?)`),
      ),
      clear: indexes.map((name) =>
        database.prepare<[]>(`INSERT INTO ${name} (${name}) VALUES ('delete-all')`),
      ),
    }
  }

  /** A new row. */
  add(key: number): void {
    this.#statements.wait.run(key)
    this.#tally.unindexed += 1
  }

  /** New rows, at less than one by one. */
  addAll(keys: readonly number[]): void {
    if (keys.length === 0) return
    this.#statements.waitAll.run(JSON.stringify(keys))
    this.#tally.unindexed += keys.length
  }

  /** A row that is no more, or stands under another key now. */
  remove(key: number): void {
    if (this.#statements.forget.run(key).changes > 0) this.#tally.unindexed -= 1
    else for (const remove of this.#statements.remove) remove.run(key)
  }

  /** A row whose text has changed. */
  renew(key: number): void {
    this.remove(key)
    this.add(key)
  }

  /**
   * Indexes the newest of those that wait. `detailed`: only such whose text will not change again when their
   * details are read, as far as some can be found near the newest.
   * @returns how many.
   */
  index(limit: number, detailed: boolean): number {
    const { next, nextDetailed, forget } = this.#statements
    const rows: TextRow[] = []
    let length = 0
    for (const row of detailed ? nextDetailed.iterate(limit * 4, limit) : next.iterate(limit)) {
      rows.push(row)
      length += (row.message?.length ?? 0) + (row.payload?.length ?? 0) + row.name.length
      if (length >= longestSlice) break
    }
    // Ascending, since a step back makes FTS5 write out what it has gathered.
    for (const row of rows.toReversed()) {
      this.#documents.insert(row)
      forget.run(row.key)
    }
    this.#tally.unindexed -= rows.length
    return rows.length
  }

  /** Some of the work that keeps searches quick. @returns whether there may be more. */
  merge(): boolean {
    let more = false
    for (const merge of this.#statements.merge) {
      const before = this.#changes()
      merge.run(mergedPages)
      // As FTS5 documents it: fewer than two changes mean there was nothing to merge.
      if (this.#changes() - before >= 2) more = true
    }
    return more
  }

  /** Empties both indexes at once: nothing of what they held can be read back. */
  clear(): void {
    for (const clear of this.#statements.clear) clear.run()
    this.#database.exec(
      'DELETE FROM shape; DELETE FROM unindexed; INSERT INTO unindexed SELECT key FROM job',
    )
    this.#shapes.load()
    this.#tally.unindexed = this.#tally.rows
  }

  /** After a transaction that failed. */
  forget(): void {
    this.#shapes.load()
  }

  #changes(): number {
    return this.#database.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0
  }
}

function nextRows(condition: string): string {
  return `
    SELECT u.key, job.message, job.id, name.text AS name, user.text AS user, payload.text AS payload
    FROM unindexed AS u
    CROSS JOIN job ON job.key = u.key
    CROSS JOIN word AS name ON name.id = job.name
    LEFT JOIN word AS user ON user.id = job.user
    LEFT JOIN payload ON payload.key = u.key
    WHERE ${condition}
    ORDER BY u.key DESC LIMIT ?`
}
