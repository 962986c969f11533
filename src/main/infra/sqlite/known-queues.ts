import type { Database } from 'better-sqlite3'
import type { KnownQueues } from '#core/queues/ports.ts'

/** How exact `last_seen_at` is kept, so that a refresh that finds nothing new writes nothing. */
const hour = 60 * 60 * 1000

/** Queues seen before, in `vigie.db`. One per key prefix, since an environment may change its own. */
export class SqliteKnownQueues implements KnownQueues {
  readonly #select
  readonly #upsert
  readonly #remove
  readonly #database: Database
  readonly #prefix: (environment: string) => string

  constructor(database: Database, prefix: (environment: string) => string) {
    this.#database = database
    this.#prefix = prefix
    this.#select = database
      .prepare<[string, string], string>(
        'SELECT name FROM known_queue WHERE environment = ? AND prefix = ? ORDER BY name',
      )
      .pluck()
    this.#upsert = database.prepare<[string, string, string, number, number]>(`
      INSERT INTO known_queue (environment, prefix, name, first_seen_at, last_seen_at)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET last_seen_at = excluded.last_seen_at
        WHERE excluded.last_seen_at - last_seen_at > ${hour}`)
    this.#remove = database.prepare<[string, string, string]>(
      'DELETE FROM known_queue WHERE environment = ? AND prefix = ? AND name = ?',
    )
  }

  list(environment: string): string[] {
    return this.#select.all(environment, this.#prefix(environment))
  }

  remember(environment: string, queues: readonly string[]): void {
    if (queues.length === 0) return
    const prefix = this.#prefix(environment)
    const now = Date.now()
    this.#database
      .transaction(() => {
        for (const queue of queues) this.#upsert.run(environment, prefix, queue, now, now)
      })
      .immediate()
  }

  forget(environment: string, queues: readonly string[]): void {
    const prefix = this.#prefix(environment)
    this.#database
      .transaction(() => {
        for (const queue of queues) this.#remove.run(environment, prefix, queue)
      })
      .immediate()
  }
}
