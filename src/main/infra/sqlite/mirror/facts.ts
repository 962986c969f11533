import type { Database } from 'better-sqlite3'
import type { MirrorSettings } from '#shared/contract/mirror.ts'
import type { Grouping } from '#core/mirror/ports.ts'

interface Facts {
  settings: MirrorSettings
  grouping: Grouping
  /** Set once a finished row stands under another time than its score. */
  crooked: true
  /** Milliseconds that a row's key is at most later than its time. */
  spill: number
  /** When words that nothing speaks of any more were last looked for. */
  swept: number
}

/** What a file was written with: what differs when it is opened again is made good. */
export class FactTable {
  readonly #select
  readonly #set

  constructor(database: Database) {
    this.#select = database
      .prepare<[string], string>('SELECT value FROM fact WHERE name = ?')
      .pluck()
    this.#set = database.prepare<[string, string]>(
      'INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    )
  }

  get<Name extends keyof Facts>(name: Name): Facts[Name] | null {
    const value = this.#select.get(name)
    return value === undefined ? null : (JSON.parse(value) as Facts[Name])
  }

  set<Name extends keyof Facts>(name: Name, value: Facts[Name]): void {
    this.#set.run(name, JSON.stringify(value))
  }
}
