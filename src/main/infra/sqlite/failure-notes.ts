import type { Database } from 'better-sqlite3'
import type { FailureNote, FailureNoteStore } from '#core/failures/ports.ts'

type Row = Omit<FailureNote, 'split'> & { split: number }

const columns = `fingerprint AS id, name, status, resolved_at AS resolvedAt, note, runbook,
  merged_into AS mergedInto, split, changed_by AS changedBy, changed_at AS changedAt`

/** What operators noted of failure groups, in `vigie.db`. */
export class SqliteFailureNotes implements FailureNoteStore {
  readonly #database: Database
  readonly #select
  readonly #upsert

  constructor(database: Database) {
    this.#database = database
    this.#select = database.prepare<[string], Row>(
      `SELECT ${columns} FROM failure_note WHERE environment = ?`,
    )
    this.#upsert = database.prepare<[Row & { environment: string }]>(`
      INSERT INTO failure_note (environment, fingerprint, name, status, resolved_at, note, runbook,
        merged_into, split, changed_by, changed_at)
      VALUES (@environment, @id, @name, @status, @resolvedAt, @note, @runbook, @mergedInto, @split,
        @changedBy, @changedAt)
      ON CONFLICT DO UPDATE SET name = excluded.name, status = excluded.status,
        resolved_at = excluded.resolved_at, note = excluded.note, runbook = excluded.runbook,
        merged_into = excluded.merged_into, split = excluded.split,
        changed_by = excluded.changed_by, changed_at = excluded.changed_at`)
  }

  all(environment: string): FailureNote[] {
    return this.#select.all(environment).map((row) => ({ ...row, split: row.split === 1 }))
  }

  save(environment: string, notes: readonly FailureNote[]): void {
    this.#database
      .transaction(() => {
        for (const note of notes) {
          this.#upsert.run({ ...note, environment, split: note.split ? 1 : 0 })
        }
      })
      .immediate()
  }
}
