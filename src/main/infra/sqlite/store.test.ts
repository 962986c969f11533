import BetterSqlite from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { AuditTrail } from '#core/audit/audit-trail.ts'
import { operatingSystemProcesses } from '#infra/process/processes.ts'
import { memoryLog, subjectOf } from '#test-support/audit.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { SqliteAuditStore } from './audit-store.ts'
import { migrate, schemaVersion, versionOf } from './migrate.ts'
import { openStore, type StoreOptions } from './store.ts'

function open(directory: string, options: Partial<StoreOptions> = {}) {
  const log = memoryLog()
  const store = openStore({ directory, log, ...options })
  onTestFinished(() => store.close())
  const trail = new AuditTrail({
    store: new SqliteAuditStore(store.database),
    processes: operatingSystemProcesses(),
    log,
  })
  return { ...store, log, trail }
}
const modeOf = (path: string) => statSync(path).mode & 0o777

/** Starts a console of its own; resolves at its first line, `ended` with its exit code. */
async function another(directory: string, ...args: string[]) {
  const script = resolve('test-support/append-entries.fixture.ts')
  const child = spawn(process.execPath, [script, directory, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit') as Promise<[number | null]>
  await once(child.stdout, 'data')
  child.stdout.resume()
  return { child, ended }
}

describe('opening', () => {
  test('makes folder and file for the owner alone, durable and shared', () => {
    const directory = join(temporaryFolder(), 'new', 'data')
    const { database, file } = open(directory)
    expect(modeOf(directory)).toBe(0o700)
    for (const name of readdirSync(directory).filter((name) => name.startsWith('vigie.db'))) {
      expect([name, modeOf(join(directory, name))]).toEqual([name, 0o600])
    }
    const pragma = (name: string) => database.pragma(name, { simple: true })
    expect(pragma('journal_mode')).toBe('wal')
    expect(pragma('synchronous')).toBe(2)
    expect(pragma('foreign_keys')).toBe(1)
    expect(pragma('busy_timeout')).toBe(2000)
    expect(pragma('user_version')).toBe(schemaVersion)
    expect(file).toBe(join(directory, 'vigie.db'))
  })

  test('takes back the rights to its file that others were given', () => {
    const directory = temporaryFolder()
    writeFileSync(join(directory, 'vigie.db'), '', { mode: 0o644 })
    open(directory)
    expect(modeOf(join(directory, 'vigie.db'))).toBe(0o600)
  })

  test('leaves the rights to a folder that was there, such as /tmp', async () => {
    const directory = temporaryFolder()
    const backups = join(directory, 'backups')
    mkdirSync(backups)
    for (const folder of [directory, backups]) chmodSync(folder, 0o1777)
    const store = open(directory)
    await vi.waitFor(() => expect(readdirSync(backups)).toHaveLength(1))
    await store.close()
    expect([directory, backups].map((path) => statSync(path).mode & 0o7777)).toEqual([
      0o1777, 0o1777,
    ])
    expect(modeOf(store.file)).toBe(0o600)
  })

  test('a second time finds what was written', async () => {
    const directory = temporaryFolder()
    const first = open(directory)
    first.trail.refusal(subjectOf(), 'JOB_ACTIVE', {})
    await first.close()
    const { trail } = open(directory)
    expect(await trail.verify()).toMatchObject({ intact: true, entries: 1 })
  })

  test('refuses a database of a newer program and does not write to it', () => {
    const directory = temporaryFolder()
    const file = join(directory, 'vigie.db')
    const newer = new BetterSqlite(file)
    newer.pragma(`user_version = ${schemaVersion + 1}`)
    newer.close()
    const before = readFileSync(file)
    expect(() => open(directory)).toThrow(
      expect.objectContaining({ code: 'newer', message: expect.stringContaining(file) }),
    )
    expect(readFileSync(file)).toEqual(before)
  })

  test.each([
    [
      'is no database',
      (bytes: Buffer) => Buffer.from('not a database'.repeat(500) + String(bytes.length)),
    ],
    ['lost its end', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2))],
    [
      'has a page of noise',
      (bytes: Buffer) =>
        Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(4096, 0x5a), bytes.subarray(8192)]),
    ],
  ])('a file that %s is told and left as it is', async (_, damage) => {
    const directory = temporaryFolder()
    const { file, ...store } = open(directory)
    await store.close()
    writeFileSync(file, damage(readFileSync(file)))
    const before = readFileSync(file)
    expect(() => open(directory)).toThrow(
      expect.objectContaining({ code: 'damaged', message: expect.stringContaining('backups') }),
    )
    expect(readFileSync(file)).toEqual(before)
  })

  test('where no folder can be made says so', () => {
    const occupied = join(temporaryFolder(), 'a-file')
    writeFileSync(occupied, '')
    expect(() => open(occupied)).toThrow(expect.objectContaining({ code: 'unavailable' }))
  })
})

describe('migrations', () => {
  test('run once, in order, from where the database stands', () => {
    const open = new BetterSqlite(':memory:')
    const steps = [
      { name: 'one', sql: 'CREATE TABLE a (x)' },
      { name: 'two', sql: 'ALTER TABLE a ADD COLUMN y' },
    ]
    expect(migrate(open, 'file', steps.slice(0, 1))).toBe(1)
    expect(migrate(open, 'file', steps)).toBe(1)
    expect(migrate(open, 'file', steps)).toBe(0)
    expect(versionOf(open)).toBe(2)
  })

  test('that fail leave the database at the version before all of them', () => {
    const open = new BetterSqlite(':memory:')
    const steps = [
      { name: 'good', sql: 'CREATE TABLE a (x)' },
      { name: 'bad', sql: 'CREATE TABLE b (x); CREATE TABLE b (x)' },
    ]
    expect(() => migrate(open, 'file', steps)).toThrow('already exists')
    expect(versionOf(open)).toBe(0)
    expect(open.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0)
  })
})

describe('two consoles on one folder', () => {
  test('start at the same moment and write one chain', async () => {
    const directory = temporaryFolder()
    const consoles = await Promise.all([another(directory, '60'), another(directory, '60')])
    for (const { ended } of consoles) expect(await ended).toEqual([0, null])
    const { trail } = open(directory)
    expect(await trail.verify()).toMatchObject({ intact: true, entries: 240 })
    expect(trail.recover()).toBe(0)
  })

  test('of which one is killed: what it left open is closed, and not before', async () => {
    const directory = temporaryFolder()
    const { child, ended } = await another(directory, '0', 'hold')
    const { trail } = open(directory)
    expect(trail.recover()).toBe(0)
    child.kill('SIGKILL')
    await ended
    expect(trail.recover()).toBe(1)
    expect(trail.list({ environment: 'staging', limit: 10 }).items).toMatchObject([
      { job: 'held', outcome: { result: 'INTERRUPTED' } },
    ])
  })

  test('of which one is killed while it writes leave an intact chain', async () => {
    const directory = temporaryFolder()
    const { child, ended } = await another(directory, '1000000')
    child.kill('SIGKILL')
    await ended
    const { trail } = open(directory)
    trail.recover()
    expect(await trail.verify()).toMatchObject({ intact: true })
    expect(trail.recover()).toBe(0)
  })

  test('of which one holds the file: the other says that the audit is unavailable', () => {
    const directory = temporaryFolder()
    const { trail, file } = open(directory, { busyTimeout: 20 })
    const other = new BetterSqlite(file)
    other.exec('BEGIN EXCLUSIVE')
    expect(() => trail.intent(subjectOf(), {})).toThrow(
      expect.objectContaining({ code: 'AUDIT_UNAVAILABLE' }),
    )
    other.exec('ROLLBACK')
    other.close()
    expect(trail.intent(subjectOf(), {}).sequence).toBe(1)
  })

  test('a disk that is full makes the audit unavailable and leaves it intact', async () => {
    const { trail, database } = open(temporaryFolder())
    const pages = database.pragma('page_count', { simple: true }) as number
    database.pragma(`max_page_count = ${pages}`)
    const fill = () => {
      for (let index = 0; index < 1000; index += 1) trail.intent(subjectOf(), { index })
    }
    expect(fill).toThrow(expect.objectContaining({ code: 'AUDIT_UNAVAILABLE' }))
    database.pragma('max_page_count = 100000')
    expect(await trail.verify()).toMatchObject({ intact: true })
  })
})

test('a folder that already holds other files keeps them', () => {
  const directory = temporaryFolder()
  mkdirSync(join(directory, 'other'))
  open(directory)
  expect(readdirSync(directory)).toContain('other')
})
