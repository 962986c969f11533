import type { Database } from 'better-sqlite3'
import type { MirrorSettingsStore } from '#core/mirror/ports.ts'
import type { Log } from '#core/services.ts'
import {
  defaultMirrorSettings,
  mirrorSettingsSchema,
  type MirrorSettings,
} from '#shared/contract/mirror.ts'
import { checkRedaction } from '#shared/domain/redaction/patterns.ts'

/** A pattern that cannot be used would keep the mirror from being opened at all. */
const stored = mirrorSettingsSchema.extend({
  redaction: mirrorSettingsSchema.shape.redaction.refine(
    (patterns) => checkRedaction(patterns).length === 0,
  ),
})

/** What mirrors keep, per environment, in `vigie.db`. What no longer holds counts as its default. */
export class SqliteMirrorSettings implements MirrorSettingsStore {
  readonly #select
  readonly #upsert
  readonly #log: Log

  constructor(database: Database, log: Log) {
    this.#log = log
    this.#select = database
      .prepare<[string], string>('SELECT settings FROM mirror_settings WHERE environment = ?')
      .pluck()
    this.#upsert = database.prepare<[string, string]>(`
      INSERT INTO mirror_settings (environment, settings) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET settings = excluded.settings`)
  }

  get(environment: string): MirrorSettings {
    const text = this.#select.get(environment)
    if (text === undefined) return defaultMirrorSettings
    const found = objectOf(text)
    const read = stored.safeParse({ ...defaultMirrorSettings, ...found })
    if (read.success) return read.data
    const fields = [...new Set(read.error.issues.map(({ path }) => String(path[0])))]
    this.#log.warn({ environment, fields }, 'stored mirror settings are damaged: defaults are used')
    const kept = Object.entries(found).filter(([name]) => !fields.includes(name))
    // Redaction is never weaker for a damaged file: its default is the longest list.
    return stored
      .catch(defaultMirrorSettings)
      .parse({ ...defaultMirrorSettings, ...Object.fromEntries(kept) })
  }

  set(environment: string, settings: MirrorSettings): void {
    this.#upsert.run(environment, JSON.stringify(mirrorSettingsSchema.parse(settings)))
  }
}

function objectOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
