import BetterSqlite, { type Database } from 'better-sqlite3'
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '#core/services.ts'
import { startBackups } from './backup.ts'
import { inspectDatabase, storeError } from './inspect.ts'
import { migrate } from './migrate.ts'

export interface StoreOptions {
  /** Made when missing, for its owner alone; one that is there keeps its rights. */
  directory: string
  log: Log
  /** How long a write waits for another console's, in milliseconds. The thread is blocked meanwhile. */
  busyTimeout?: number
}

/** `vigie.db`: what cannot be rebuilt. One connection per process; several processes may share it. */
export interface Store {
  database: Database
  file: string
  /** Ends the backups and closes the file. */
  close(): Promise<void>
}

/**
 * Opens, checks and migrates `vigie.db`, and starts its daily backups.
 * @throws StoreError; the file is then as it was.
 */
export function openStore({ directory, log, busyTimeout = 2000 }: StoreOptions): Store {
  const file = join(directory, 'vigie.db')
  let database: Database | undefined
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    inspectDatabase(file)
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
    database = new BetterSqlite(file, { timeout: busyTimeout })
    configure(database, busyTimeout)
    const steps = migrate(database, file)
    if (steps > 0) log.info({ file, steps }, 'database migrated')
  } catch (error) {
    database?.close()
    throw storeError(error, file)
  }
  const opened = database
  const backups = startBackups(opened, join(directory, 'backups'), log)
  return {
    database: opened,
    file,
    async close() {
      await backups.stop()
      opened.close()
    },
  }
}

function configure(database: Database, patience: number): void {
  // Switching to WAL takes the whole file, so it is only done where it is not yet so.
  if (database.pragma('journal_mode', { simple: true }) !== 'wal') switchToWal(database, patience)
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('trusted_schema = OFF')
}

/** Of two consoles that switch at once SQLite refuses one without waiting, lest they wait for each other. */
function switchToWal(database: Database, patience: number): void {
  const giveUpAt = performance.now() + patience
  const bell = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    try {
      database.pragma('journal_mode = WAL')
      return
    } catch (error) {
      const busy = error instanceof BetterSqlite.SqliteError && error.code === 'SQLITE_BUSY'
      if (!busy || performance.now() > giveUpAt) throw error
      Atomics.wait(bell, 0, 0, 20)
    }
  }
}
