import BetterSqlite from 'better-sqlite3'
import type { MirrorProblem } from '#shared/contract/mirror.ts'
import { MirrorError } from '#core/mirror/ports.ts'
import { fileProblem } from '../../file-problem.ts'

/** What SQLite or the file system threw over a mirror file, as a MirrorError. Anything else stays as it is. */
export function mirrorError(error: unknown, file: string): unknown {
  if (error instanceof MirrorError) return error
  const problem = problemOf(error)
  if (problem === null) return error
  const text = `The mirror ${file} cannot be used: ${fileProblem(error)}`
  return new MirrorError(problem, text, { cause: error })
}

function problemOf(error: unknown): MirrorProblem | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  const code = String(error.code)
  if (error instanceof BetterSqlite.SqliteError) return sqliteProblem(code)
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'not-permitted'
  return /^E[A-Z]+$/.test(code) ? 'unavailable' : null
}

function sqliteProblem(code: string): MirrorProblem {
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return 'disk-full'
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return 'damaged'
  // A read past the end: somebody cut the file.
  if (code === 'SQLITE_IOERR_SHORT_READ') return 'damaged'
  if (code === 'SQLITE_READONLY_DBMOVED') return 'unavailable'
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM')) return 'not-permitted'
  return 'unavailable'
}
