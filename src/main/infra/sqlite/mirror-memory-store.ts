import type { Database } from 'better-sqlite3'
import type { MirrorMemory, MirrorMemoryStore } from '#core/mirror/ports.ts'

/** What is remembered of mirrors between runs, in `vigie.db`. */
export class SqliteMirrorMemory implements MirrorMemoryStore {
  readonly #select
  readonly #upsert

  constructor(database: Database) {
    this.#select = database.prepare<[string], MirrorMemory>(
      'SELECT place, synced_at AS syncedAt FROM mirror_memory WHERE environment = ?',
    )
    this.#upsert = database.prepare<[string, string, number | null]>(`
      INSERT INTO mirror_memory (environment, place, synced_at) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET place = excluded.place, synced_at = excluded.synced_at`)
  }

  get(environment: string): MirrorMemory | null {
    return this.#select.get(environment) ?? null
  }

  set(environment: string, { place, syncedAt }: MirrorMemory): void {
    this.#upsert.run(environment, place, syncedAt)
  }
}
