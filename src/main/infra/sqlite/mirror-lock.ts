import BetterSqlite, { type Database } from 'better-sqlite3'
import { closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { MirrorLocks } from '#core/mirror/ports.ts'

/**
 * Locks of the operating system on `mirror-<environment>.lock`, taken by SQLite: they end with the process,
 * also when it is killed, so nothing is ever left locked. The file stays, since removing it would let two
 * consoles hold the lock of two files of one name.
 */
export class SqliteMirrorLocks implements MirrorLocks {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  take(environment: string): (() => void) | null {
    const file = join(this.#directory, `mirror-${environment}.lock`)
    let database: Database | null = null
    try {
      closeSync(openSync(file, 'a', 0o600))
      database = new BetterSqlite(file, { timeout: 0 })
      // No journal beside it: nothing is ever written.
      database.pragma('journal_mode = MEMORY')
      database.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      database?.close()
      if (error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
        return null
      }
      // A lock file that was spoilt holds nothing: it is made anew.
      if (error instanceof BetterSqlite.SqliteError && error.code === 'SQLITE_NOTADB') {
        rmSync(file, { force: true })
        return this.take(environment)
      }
      throw error
    }
    const held = database
    return () => held.close()
  }
}
