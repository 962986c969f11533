import type { Database } from 'better-sqlite3'
import type { SettingsStore } from '#core/settings/ports.ts'

/** Settings in `vigie.db`. */
export class SqliteSettingsStore implements SettingsStore {
  readonly #database: Database
  readonly #select
  readonly #upsert

  constructor(database: Database) {
    this.#database = database
    this.#select = database.prepare<[], [string, string]>('SELECT name, value FROM settings').raw()
    this.#upsert = database.prepare<[string, string]>(
      'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    )
  }

  read(): Map<string, string> {
    return new Map(this.#select.all())
  }

  write(values: ReadonlyMap<string, string>): void {
    this.#database
      .transaction(() => {
        for (const [name, value] of values) this.#upsert.run(name, value)
      })
      .immediate()
  }
}
