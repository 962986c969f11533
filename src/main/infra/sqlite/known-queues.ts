import type { Database } from 'better-sqlite3'
import type { KnownQueues } from '#core/queues/ports.ts'
import { firstPrefix, queueReference, splitQueueReference } from '#shared/domain/queue-reference.ts'

/** How exact `last_seen_at` is kept, so that a refresh that finds nothing new writes nothing. */
const hour = 60 * 60 * 1000

/**
 * Queues seen before, in `vigie.db`: by prefix and name, since an environment may change its prefixes
 * and with them what a queue goes by.
 */
export class SqliteKnownQueues implements KnownQueues {
  readonly #select
  readonly #upsert
  readonly #remove
  readonly #database: Database
  readonly #prefixesOf: (environment: string) => readonly string[]

  constructor(database: Database, prefixesOf: (environment: string) => readonly string[]) {
    this.#database = database
    this.#prefixesOf = prefixesOf
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
    const prefixes = this.#prefixesOf(environment)
    return prefixes.flatMap((prefix) =>
      this.#select
        .all(environment, prefix)
        .map((name) => queueReference(firstPrefix(prefixes), prefix, name)),
    )
  }

  remember(environment: string, queues: readonly string[]): void {
    const now = Date.now()
    this.#each(environment, queues, ({ prefix, name }) =>
      this.#upsert.run(environment, prefix, name, now, now),
    )
  }

  forget(environment: string, queues: readonly string[]): void {
    this.#each(environment, queues, ({ prefix, name }) =>
      this.#remove.run(environment, prefix, name),
    )
  }

  #each(
    environment: string,
    queues: readonly string[],
    change: (queue: { prefix: string; name: string }) => void,
  ): void {
    if (queues.length === 0) return
    const first = firstPrefix(this.#prefixesOf(environment))
    this.#database
      .transaction(() => {
        for (const queue of queues) change(splitQueueReference(first, queue))
      })
      .immediate()
  }
}
