import BetterSqlite from 'better-sqlite3'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { FailureNote } from '#core/failures/ports.ts'
import { defaultMirrorSettings } from '#shared/contract/mirror.ts'
import { memoryLog } from '#test-support/audit.ts'
import { profileFor } from '#test-support/profiles.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { SqliteFailureNotes } from './failure-notes.ts'
import { migrate } from './migrate.ts'
import { SqliteMirrorLocks } from './mirror-lock.ts'
import { SqliteMirrorMemory } from './mirror-memory-store.ts'
import { SqliteMirrorSettings } from './mirror-settings-store.ts'
import { SqliteProfileStore } from './profile-store.ts'

function openDatabase() {
  const database = new BetterSqlite(':memory:')
  migrate(database, ':memory:')
  return database
}

const note: FailureNote = {
  id: 'a1',
  name: 'Mail server away',
  status: 'resolved',
  resolvedAt: 5,
  note: null,
  runbook: 'https://example.test/',
  mergedInto: null,
  split: true,
  changedBy: 'marie',
  changedAt: 6,
}

describe('settings of a mirror', () => {
  test('are the usual ones until they are set, for each environment by itself', () => {
    const settings = new SqliteMirrorSettings(openDatabase(), memoryLog())
    expect(settings.get('staging')).toEqual(defaultMirrorSettings)
    settings.set('staging', { ...defaultMirrorSettings, retentionDays: 3 })
    expect(settings.get('staging').retentionDays).toBe(3)
    expect(settings.get('production').retentionDays).toBe(30)
  })

  test.each([
    'not json',
    '[]',
    '{"retentionDays":"x","payloadBytes":1024}',
    '{"redaction":[""]}',
    '{"redaction":["(a+)+"]}',
    '{"redaction":["("]}',
  ])('that are damaged (%s) count as their defaults, each by itself', (text) => {
    const database = openDatabase()
    const log = memoryLog()
    database.prepare("INSERT INTO mirror_settings VALUES ('staging', ?)").run(text)
    const settings = new SqliteMirrorSettings(database, log).get('staging')
    const payloadBytes = text.includes('1024') ? 1024 : 4096
    expect(settings).toEqual({ ...defaultMirrorSettings, payloadBytes })
  })
})

describe('what is remembered of a mirror', () => {
  test('is what was last said', () => {
    const memory = new SqliteMirrorMemory(openDatabase())
    expect(memory.get('staging')).toBeNull()
    memory.set('staging', { place: 'here', syncedAt: null, backfill: null })
    expect(memory.get('staging')).toEqual({ place: 'here', syncedAt: null, backfill: null })
    const backfill = { done: 1, total: 3 }
    memory.set('staging', { place: 'there', syncedAt: 12, backfill })
    expect(memory.get('staging')).toEqual({ place: 'there', syncedAt: 12, backfill })
  })
})

describe('notes of failure groups', () => {
  test('are kept per environment, and replaced whole', () => {
    const notes = new SqliteFailureNotes(openDatabase())
    notes.save('staging', [note, { ...note, id: 'b2', mergedInto: 'a1' }])
    notes.save('production', [{ ...note, name: 'other' }])
    notes.save('staging', [{ ...note, status: 'open', resolvedAt: null, split: false }])
    expect(notes.all('staging')).toEqual([
      { ...note, status: 'open', resolvedAt: null, split: false },
      { ...note, id: 'b2', mergedInto: 'a1' },
    ])
  })

  test('are written all or none', () => {
    const notes = new SqliteFailureNotes(openDatabase())
    const wrong = { ...note, id: 'b2', status: 'lost' } as unknown as FailureNote
    expect(() => notes.save('staging', [note, wrong])).toThrow('CHECK')
    expect(notes.all('staging')).toEqual([])
  })
})

test('an environment that is removed takes along all that was noted of it', () => {
  const database = openDatabase()
  const log = memoryLog()
  const profiles = new SqliteProfileStore(database, log)
  const [settings, memory] = [
    new SqliteMirrorSettings(database, log),
    new SqliteMirrorMemory(database),
  ]
  const notes = new SqliteFailureNotes(database)
  for (const id of ['staging', 'production']) {
    profiles.save({ id, profile: profileFor(), secrets: [], secretsKept: null })
    settings.set(id, { ...defaultMirrorSettings, retentionDays: 1 })
    memory.set(id, { place: '', syncedAt: 1, backfill: null })
    notes.save(id, [note])
  }
  profiles.remove('staging')
  expect(settings.get('staging').retentionDays).toBe(30)
  expect(memory.get('staging')).toBeNull()
  expect(notes.all('staging')).toEqual([])
  expect(settings.get('production').retentionDays).toBe(1)
  expect(notes.all('production')).toEqual([note])
})

describe('the lock of a mirror', () => {
  test('is one console’s until it lets go, for each environment by itself', () => {
    const folder = temporaryFolder()
    const [one, other] = [new SqliteMirrorLocks(folder), new SqliteMirrorLocks(folder)]
    const release = one.take('staging')
    expect(release).toBeTypeOf('function')
    expect(other.take('staging')).toBeNull()
    other.take('production')?.()
    release?.()
    const again = other.take('staging')
    expect(again).not.toBeNull()
    again?.()
  })

  test('ends with a process that is killed', async () => {
    const folder = temporaryFolder()
    const holder = fork(
      join(import.meta.dirname, '../../../../test-support/hold-lock.fixture.ts'),
      [folder],
    )
    onTestFinished(() => void holder.kill('SIGKILL'))
    await once(holder, 'message')
    const locks = new SqliteMirrorLocks(folder)
    expect(locks.take('staging')).toBeNull()
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const release = locks.take('staging')
    expect(release).not.toBeNull()
    release?.()
  })

  test('is taken also where its file was spoilt, which only its owner may read', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'mirror-staging.lock')
    const locks = new SqliteMirrorLocks(folder)
    locks.take('staging')?.()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    writeFileSync(file, 'not a database, but long enough to be looked at as one'.repeat(20))
    const release = locks.take('staging')
    expect(release).not.toBeNull()
    release?.()
  })
})
