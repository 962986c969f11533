import BetterSqlite, { type Database } from 'better-sqlite3'
import { statSync } from 'node:fs'
import { MirrorError } from '#core/mirror/ports.ts'
import { mirrorError } from './mirror-problem.ts'
import { mirrorSchema, mirrorSchemaVersion } from './schema.ts'

/** Files up to this size are checked page by page; larger ones at their edges, so that opening stays quick. */
const checkedWhole = 16 * 1024 * 1024

/**
 * Looks at a mirror file without writing to it.
 * @returns `none` where there is no file, `older` for one that is to be built anew.
 * @throws MirrorError damaged, newer, not-permitted, unavailable.
 */
export function inspectMirror(file: string): 'none' | 'older' | 'current' {
  let database: Database | undefined
  try {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found === undefined || found.size === 0) return 'none'
    database = new BetterSqlite(file, { readonly: true, fileMustExist: true })
    const version = database.pragma('user_version', { simple: true }) as number
    if (version > mirrorSchemaVersion) throw newer(file)
    if (version < mirrorSchemaVersion) return 'older'
    if (!isWhole(database, file, found.size)) throw damaged(file)
    return 'current'
  } catch (error) {
    throw mirrorError(error, file)
  } finally {
    database?.close()
  }
}

function isWhole(database: Database, file: string, size: number): boolean {
  if (size <= checkedWhole) {
    return database.pragma('quick_check(1)', { simple: true }) === 'ok' && hasSchema(database)
  }
  const pages = database.pragma('page_count', { simple: true }) as number
  const pageSize = database.pragma('page_size', { simple: true }) as number
  // What is only in the journal counts as pages too, so the file may be shorter while there is one.
  const journal = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
  if (size + journal < pages * pageSize) return false
  return hasSchema(database) && readsEdges(database)
}

/** As a new file would have it: one that was made by something else has other tables. */
function hasSchema(database: Database): boolean {
  const fresh = new BetterSqlite(':memory:')
  try {
    fresh.exec(mirrorSchema)
    return schemaOf(fresh) === schemaOf(database)
  } finally {
    fresh.close()
  }
}

function schemaOf(database: Database): string {
  return database
    .prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name')
    .pluck()
    .all()
    .join(';')
}

/** Walks from the root to the first and last page of every tree: throws where one of them is broken. */
function readsEdges(database: Database): boolean {
  const tables = database
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND sql NOT LIKE '%WITHOUT ROWID%'`,
    )
    .pluck()
    .all()
  for (const table of tables) {
    for (const order of ['ASC', 'DESC']) {
      database.prepare(`SELECT * FROM "${table}" ORDER BY rowid ${order} LIMIT 1`).get()
    }
  }
  return true
}

function newer(file: string): MirrorError {
  return new MirrorError(
    'newer',
    `The mirror ${file} was written by a newer version of Vigie. It was not changed.`,
  )
}

function damaged(file: string): MirrorError {
  return new MirrorError('damaged', `The mirror ${file} is damaged; it can be built anew.`)
}
