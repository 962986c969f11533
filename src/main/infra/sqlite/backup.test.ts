import BetterSqlite from 'better-sqlite3'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { memoryLog } from '#test-support/audit.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { backupIfDue, backupsKept, startBackups } from './backup.ts'
import { openStore } from './store.ts'

function source(rows: number) {
  const database = new BetterSqlite(':memory:')
  database.exec('CREATE TABLE t (x)')
  for (let row = 0; row < rows; row += 1) database.prepare('INSERT INTO t VALUES (?)').run(row)
  return database
}
const noon = Date.UTC(2026, 10, 20, 12)
const hour = 60 * 60 * 1000

test('a backup is a whole database that only the owner can read', async () => {
  const directory = join(temporaryFolder(), 'backups')
  const file = (await backupIfDue(source(100), directory, noon)) ?? ''
  expect(file).toBe(join(directory, 'vigie-2026-11-20T12-00-00Z.db'))
  const copy = new BetterSqlite(file, { readonly: true })
  expect(copy.prepare('SELECT count(*) FROM t').pluck().get()).toBe(100)
  copy.close()
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(directory).mode & 0o777).toBe(0o700)
})

test('a day passes before the next one', async () => {
  const directory = temporaryFolder()
  const database = source(1)
  const made = []
  for (const passed of [0, 1, 23, 24, 25, 48]) {
    if ((await backupIfDue(database, directory, noon + passed * hour)) !== null) made.push(passed)
  }
  expect(made).toEqual([0, 24, 48])
})

test('a backup from a clock that ran ahead does not stop the next ones', async () => {
  const directory = temporaryFolder()
  const database = source(1)
  await backupIfDue(database, directory, noon + 1000 * hour)
  expect(await backupIfDue(database, directory, noon)).not.toBeNull()
})

test('the newest fourteen are kept, and nothing that is not a backup is touched', async () => {
  const directory = temporaryFolder()
  const database = source(1)
  writeFileSync(join(directory, 'note.txt'), '')
  for (let day = 0; day < 20; day += 1) {
    await backupIfDue(database, directory, noon + day * 24 * hour)
  }
  const names = readdirSync(directory).toSorted()
  expect(names).toHaveLength(backupsKept + 1)
  expect(names[0]).toBe('note.txt')
  expect(names[1]).toBe('vigie-2026-11-26T12-00-00Z.db')
  expect(names.at(-1)).toBe('vigie-2026-12-09T12-00-00Z.db')
})

test('a start makes the first backup, with what was written just before', async () => {
  const directory = temporaryFolder()
  const log = memoryLog()
  const store = openStore({ directory, log })
  await store.close()
  const [name = ''] = readdirSync(join(directory, 'backups'))
  const copy = new BetterSqlite(join(directory, 'backups', name), { readonly: true })
  expect(copy.pragma('quick_check', { simple: true })).toBe('ok')
  copy.close()
  expect(log.lines.map(({ message }) => message)).toContain('database backed up')
})

test('a backup that cannot be written is logged and harms nothing', async () => {
  const directory = join(temporaryFolder(), 'backups')
  writeFileSync(directory, 'in the way')
  const log = memoryLog()
  await startBackups(source(1), directory, log).stop()
  expect(log.lines).toEqual([expect.objectContaining({ level: 'error' })])
})

test('what a broken-off backup left is no backup', async () => {
  const directory = temporaryFolder()
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'vigie-2026-11-20T11-00-00Z.db.123.partial'), 'half')
  expect(await backupIfDue(source(1), directory, noon)).not.toBeNull()
})
