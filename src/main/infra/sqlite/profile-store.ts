import type { Database } from 'better-sqlite3'
import type { ProfileStore, SavedProfile } from '#core/environments/ports.ts'
import type { Log } from '#core/services.ts'
import { profileSchema, secretKeepingSchema, secretSlotSchema } from '#shared/contract/profiles.ts'

interface Row {
  id: string
  profile: string
  secrets: string
  secretsKept: string | null
}

/** Strict all the way down: a field that is not a profile's, such as a password, is never written. */
const schemas = {
  profile: profileSchema,
  secrets: secretSlotSchema.array(),
  secretsKept: secretKeepingSchema.nullable(),
}

/** Tables of what is remembered of an environment, and goes with it. */
const remembered = [
  'known_queue',
  'mirror_settings',
  'mirror_memory',
  'failure_note',
  'saved_view',
] as const

/** Saved profiles in `vigie.db`. One that no longer holds is left out and logged, but stays in the file. */
export class SqliteProfileStore implements ProfileStore {
  readonly #database: Database
  readonly #log: Log
  readonly #select
  readonly #selectIds
  readonly #upsert
  readonly #delete
  readonly #forget
  readonly #move
  /** Rows told as unreadable, so that each is logged once and not at every reading. */
  readonly #told = new Set<string>()

  constructor(database: Database, log: Log) {
    this.#database = database
    this.#log = log
    this.#select = database.prepare<[], Row>(
      `SELECT id, profile, secrets, secrets_kept AS secretsKept FROM environment
       ORDER BY position, id`,
    )
    this.#selectIds = database
      .prepare<[], string>('SELECT id FROM environment ORDER BY position, id')
      .pluck()
    this.#upsert = database.prepare<[Row]>(`
      INSERT INTO environment (id, position, profile, secrets, secrets_kept)
      VALUES (@id, (SELECT coalesce(max(position) + 1, 0) FROM environment), @profile, @secrets,
        @secretsKept)
      ON CONFLICT DO UPDATE SET profile = excluded.profile, secrets = excluded.secrets,
        secrets_kept = excluded.secrets_kept`)
    this.#delete = database.prepare<[string]>('DELETE FROM environment WHERE id = ?')
    this.#forget = remembered.map((table) =>
      database.prepare<[string]>(`DELETE FROM ${table} WHERE environment = ?`),
    )
    this.#move = database.prepare<[number, string]>(
      'UPDATE environment SET position = ? WHERE id = ?',
    )
  }

  list(): SavedProfile[] {
    return this.#select.all().flatMap((row) => this.#saved(row) ?? [])
  }

  save({ id, profile, secrets, secretsKept }: SavedProfile): void {
    this.#upsert.run({
      id,
      profile: JSON.stringify(schemas.profile.parse(profile)),
      secrets: JSON.stringify(schemas.secrets.parse(secrets)),
      secretsKept: schemas.secretsKept.parse(secretsKept),
    })
    this.#told.delete(id)
  }

  remove(id: string): void {
    this.#database
      .transaction(() => {
        this.#delete.run(id)
        for (const forget of this.#forget) forget.run(id)
      })
      .immediate()
  }

  order(ids: readonly string[]): void {
    this.#database
      .transaction(() => {
        const present = this.#selectIds.all()
        const first = [...new Set(ids)].filter((id) => present.includes(id))
        const rest = present.filter((id) => !first.includes(id))
        for (const [position, id] of [...first, ...rest].entries()) this.#move.run(position, id)
      })
      .immediate()
  }

  /** Null where the row no longer holds. The log names the fields, never what they hold. */
  #saved(row: Row): SavedProfile | null {
    const profile = schemas.profile.safeParse(valueOf(row.profile))
    const secrets = schemas.secrets.safeParse(valueOf(row.secrets))
    const secretsKept = schemas.secretsKept.safeParse(row.secretsKept)
    if (profile.success && secrets.success && secretsKept.success) {
      return {
        id: row.id,
        profile: profile.data,
        secrets: secrets.data,
        secretsKept: secretsKept.data,
      }
    }
    if (!this.#told.has(row.id)) {
      this.#told.add(row.id)
      const fields = Object.entries({ profile, secrets, secretsKept }).flatMap(
        ([name, { error }]) => (error?.issues ?? []).map(({ path }) => [name, ...path].join('.')),
      )
      this.#log.error(
        { environment: row.id, fields },
        'a saved environment cannot be read: it is left out, and kept in vigie.db as it is',
      )
    }
    return null
  }
}

/** Undefined for text that is not JSON: no field takes it. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
