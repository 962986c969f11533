import BetterSqlite, { type Database } from 'better-sqlite3'
import { chmodSync, closeSync, openSync } from 'node:fs'
import { MirrorError } from '#core/mirror/ports.ts'
import { inspectMirror } from './inspect-mirror.ts'
import { removeMirror } from './mirror-path.ts'
import { mirrorError } from './mirror-problem.ts'
import { mirrorSchema, mirrorSchemaVersion } from './schema.ts'

/** Kilobytes of pages in memory. Never mapped: a file that is cut under a map ends the process. */
const writerCache = 16 * 1024
const readerCache = 12 * 1024
/** Kilobytes the journal is cut to once it is written back. */
const journalLimit = 8 * 1024

/**
 * Opens a mirror file for its one writer, making it where there is none or where it is older. Its folder is there.
 * @throws MirrorError damaged, newer, not-permitted, disk-full, unavailable; the file is then as it was.
 */
export function openMirror(file: string): Database {
  let database: Database | undefined
  try {
    const found = inspectMirror(file)
    if (found === 'older') removeMirror(file)
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
    database = new BetterSqlite(file, { timeout: 5000 })
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    database.pragma(`cache_size = -${writerCache}`)
    database.pragma('temp_store = MEMORY')
    database.pragma('trusted_schema = OFF')
    database.pragma(`journal_size_limit = ${journalLimit * 1024}`)
    // Written back by the writer between two transactions, never at the end of one.
    database.pragma('wal_autocheckpoint = 0')
    if (found !== 'current') create(database)
    return database
  } catch (error) {
    database?.close()
    throw mirrorError(error, file)
  }
}

function create(database: Database): void {
  const make = database.transaction(() => {
    database.exec(mirrorSchema)
    database.pragma(`user_version = ${mirrorSchemaVersion}`)
  })
  make.immediate()
}

/**
 * Opens a mirror file for queries.
 * @throws MirrorError: `unavailable` where there is none, or one of another version.
 */
export function openMirrorForReading(file: string): Database {
  let database: Database | undefined
  try {
    database = new BetterSqlite(file, { readonly: true, fileMustExist: true, timeout: 1000 })
    const version = database.pragma('user_version', { simple: true }) as number
    if (version !== mirrorSchemaVersion) {
      const problem = version > mirrorSchemaVersion ? 'newer' : 'unavailable'
      throw new MirrorError(problem, `The mirror ${file} has schema ${version}`)
    }
    database.pragma(`cache_size = -${readerCache}`)
    // What is sorted beyond the cache goes to disk (temporary-files.ts): in memory it would stay with the process.
    database.pragma('temp_store = FILE')
    database.pragma('trusted_schema = OFF')
    database.pragma('query_only = ON')
    return database
  } catch (error) {
    database?.close()
    throw mirrorError(error, file)
  }
}
