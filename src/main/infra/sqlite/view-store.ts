import BetterSqlite, { type Database } from 'better-sqlite3'
import type { ViewStore } from '#core/views/ports.ts'
import type { Log } from '#core/services.ts'
import { viewSchema, type View } from '#shared/contract/views.ts'
import { plainName } from '#shared/domain/environment-name.ts'

interface Row {
  id: string
  name: string
  environment: string
  filter: string
  sort: string
  columns: string
}

/** Saved views in `vigie.db`. One that no longer holds is left out and logged, but stays in the file. */
export class SqliteViews implements ViewStore {
  readonly #log: Log
  readonly #select
  readonly #upsert
  readonly #delete

  constructor(database: Database, log: Log) {
    this.#log = log
    this.#select = database.prepare<[], Row>(
      'SELECT id, name, environment, filter, sort, columns FROM saved_view ORDER BY position, id',
    )
    this.#upsert = database.prepare<[Row & { plainName: string }]>(`
      INSERT INTO saved_view (id, position, environment, name, plain_name, filter, sort, columns)
      VALUES (@id, (SELECT coalesce(max(position) + 1, 0) FROM saved_view), @environment, @name,
        @plainName, @filter, @sort, @columns)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, plain_name = excluded.plain_name,
        filter = excluded.filter, sort = excluded.sort, columns = excluded.columns`)
    this.#delete = database.prepare<[string]>('DELETE FROM saved_view WHERE id = ?')
  }

  list(): View[] {
    return this.#select.all().flatMap((row) => {
      const view = viewSchema.safeParse({
        ...row,
        environment: row.environment === '' ? null : row.environment,
        columns: valueOf(row.columns),
      })
      if (view.success) return [view.data]
      this.#log.warn({ view: row.id }, 'a saved view cannot be read: it is left out')
      return []
    })
  }

  save({ columns, ...view }: View): 'saved' | 'name-taken' {
    try {
      this.#upsert.run({
        ...view,
        environment: view.environment ?? '',
        plainName: plainName(view.name),
        columns: JSON.stringify(columns),
      })
      return 'saved'
    } catch (error) {
      const taken =
        error instanceof BetterSqlite.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
      if (taken) return 'name-taken'
      throw error
    }
  }

  remove(id: string): boolean {
    return this.#delete.run(id).changes > 0
  }
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
