import type { Database } from 'better-sqlite3'
import { migrations as released, type Migration } from './migrations/index.ts'
import { StoreError } from './store-error.ts'

/** The `user_version` this program writes. */
export const schemaVersion = released.length

export function versionOf(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number
}

/** @throws StoreError `newer` when the database was written by a later program. */
export function refuseNewer(version: number, file: string, known = schemaVersion): void {
  if (version <= known) return
  throw new StoreError(
    'newer',
    `The database ${file} was written by a newer version of Vigie (schema ${version}, this program knows up to ${known}). It was not changed; start the newer version, or another data folder with --data.`,
  )
}

/**
 * Brings the schema up to date, all steps or none. The version is read again under the lock, so two
 * consoles that start together do it once.
 * @returns how many steps were run.
 */
export function migrate(
  database: Database,
  file: string,
  migrations: readonly Migration[] = released,
): number {
  if (versionOf(database) === migrations.length) return 0
  const run = database.transaction(() => {
    const from = versionOf(database)
    refuseNewer(from, file, migrations.length)
    const steps = migrations.slice(from)
    for (const step of steps) database.exec(step.sql)
    database.pragma(`user_version = ${migrations.length}`)
    return steps.length
  })
  return run.exclusive()
}
