import type { Database } from 'better-sqlite3'
import type { MirrorMemory, MirrorMemoryStore } from '#core/mirror/ports.ts'

type Row = Omit<MirrorMemory, 'backfill'> & { backfill: string | null }

/** What is remembered of mirrors between runs, in `vigie.db`. */
export class SqliteMirrorMemory implements MirrorMemoryStore {
  readonly #select
  readonly #upsert

  constructor(database: Database) {
    this.#select = database.prepare<[string], Row>(
      'SELECT place, synced_at AS syncedAt, backfill FROM mirror_memory WHERE environment = ?',
    )
    this.#upsert = database.prepare<[Row & { environment: string }]>(`
      INSERT INTO mirror_memory (environment, place, synced_at, backfill)
      VALUES (@environment, @place, @syncedAt, @backfill)
      ON CONFLICT DO UPDATE SET place = excluded.place, synced_at = excluded.synced_at,
        backfill = excluded.backfill`)
  }

  get(environment: string): MirrorMemory | null {
    const row = this.#select.get(environment)
    return row === undefined ? null : { ...row, backfill: backfillOf(row.backfill) }
  }

  set(environment: string, memory: MirrorMemory): void {
    const { backfill } = memory
    const text = backfill === null ? null : JSON.stringify([backfill.done, backfill.total])
    this.#upsert.run({ ...memory, environment, backfill: text })
  }
}

/** Damaged text counts as nothing read yet. */
function backfillOf(text: string | null): MirrorMemory['backfill'] {
  if (text === null) return null
  const [, done, total] = /^\[(\d{1,15}),(\d{1,15})\]$/.exec(text) ?? []
  return { done: Number(done ?? 0), total: Number(total ?? 0) }
}
