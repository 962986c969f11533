import BetterSqlite, { type Database } from 'better-sqlite3'
import { existsSync, statSync } from 'node:fs'
import { fileProblem } from '../file-problem.ts'
import { refuseNewer, versionOf } from './migrate.ts'
import { StoreError } from './store-error.ts'

/**
 * Looks at an existing database without writing to it, before anything opens it for writing.
 * @throws StoreError `damaged`, `newer` or `unavailable`.
 */
export function inspectDatabase(file: string): void {
  if (!existsSync(file) || statSync(file).size === 0) return
  let database: Database | undefined
  try {
    database = new BetterSqlite(file, { readonly: true, fileMustExist: true })
    refuseNewer(versionOf(database), file)
    const [first] = database.pragma('quick_check(1)') as { quick_check: string }[]
    if (first?.quick_check !== 'ok') throw damaged(file, first?.quick_check ?? 'no answer')
  } catch (error) {
    throw storeError(error, file)
  } finally {
    database?.close()
  }
}

/** What SQLite threw, as a StoreError that names the file and the way out. */
export function storeError(error: unknown, file: string): StoreError {
  if (error instanceof StoreError) return error
  const code = error instanceof BetterSqlite.SqliteError ? error.code : ''
  const text = fileProblem(error)
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return damaged(file, text, error)
  }
  return new StoreError('unavailable', `The database ${file} cannot be opened: ${text}`, {
    cause: error,
  })
}

function damaged(file: string, text: string, cause?: unknown): StoreError {
  return new StoreError(
    'damaged',
    `The database ${file} is damaged (${text}). It was left as it is; put a copy from the backups folder beside it in its place, or start with another data folder (--data).`,
    { cause },
  )
}
