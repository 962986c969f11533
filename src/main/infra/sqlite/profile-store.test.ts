import BetterSqlite from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SavedProfile } from '#core/environments/ports.ts'
import { memoryLog } from '#test-support/audit.ts'
import { anyProfile, profileFor } from '#test-support/profiles.ts'
import { SqliteKnownQueues } from './known-queues.ts'
import { migrate } from './migrate.ts'
import { SqliteProfileStore } from './profile-store.ts'

function open() {
  const database = new BetterSqlite(':memory:')
  migrate(database, ':memory:')
  const log = memoryLog()
  return { database, log, store: new SqliteProfileStore(database, log) }
}

const ids = (store: SqliteProfileStore) => store.list().map(({ id }) => id)

function saved(id: string, overrides: Partial<SavedProfile> = {}): SavedProfile {
  return { id, profile: profileFor({ name: id }), secrets: [], secretsKept: null, ...overrides }
}

test('any profile comes back as it was saved', () => {
  const { database, store, log } = open()
  fc.assert(
    fc.property(anyProfile, (profile) => {
      const given = saved('one', { profile, secrets: ['password'], secretsKept: 'keychain' })
      store.save(given)
      expect(store.list()).toEqual([given])
      expect(new SqliteProfileStore(database, log).list()).toEqual([given])
    }),
  )
  expect(log.lines).toEqual([])
})

describe('the order', () => {
  test('is that of saving; a change keeps the place', () => {
    const { store } = open()
    for (const id of ['b', 'a', 'c']) store.save(saved(id))
    store.save(saved('b', { profile: profileFor({ name: 'renamed' }) }))
    expect(ids(store)).toEqual(['b', 'a', 'c'])
    expect(store.list()[0]?.profile.name).toBe('renamed')
  })

  test('can be set; those left out follow as they were, and a new one comes last', () => {
    const { store } = open()
    for (const id of ['a', 'b', 'c', 'd']) store.save(saved(id))
    store.order(['d', 'b', 'unknown', 'd'])
    expect(ids(store)).toEqual(['d', 'b', 'a', 'c'])
    store.remove('c')
    store.save(saved('e'))
    expect(ids(store)).toEqual(['d', 'b', 'a', 'e'])
  })

  test('holds each environment once, whatever is asked for', () => {
    const names = ['a', 'b', 'c', 'd']
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom(...names, 'x'))), (orders) => {
        const { store } = open()
        for (const id of names) store.save(saved(id))
        for (const order of orders) {
          const before = ids(store)
          store.order(order)
          const first = [...new Set(order)].filter((id) => id !== 'x')
          expect(ids(store)).toEqual([...first, ...before.filter((id) => !first.includes(id))])
        }
      }),
      { numRuns: 50 },
    )
  })
})

test('what is removed leaves no queue behind', () => {
  const { database, store } = open()
  const known = new SqliteKnownQueues(database, () => ['bull'])
  for (const id of ['a', 'b']) {
    store.save(saved(id))
    known.remember(id, ['orders'])
  }
  store.remove('a')
  expect([known.list('a'), known.list('b')]).toEqual([[], ['orders']])
})

test('what is removed is gone; removing it again does nothing', () => {
  const { store } = open()
  store.save(saved('a'))
  store.save(saved('b'))
  store.remove('a')
  store.remove('a')
  expect(ids(store)).toEqual(['b'])
})

describe('a row that no longer holds', () => {
  test.each([
    ['profile', 'no JSON', 'profile'],
    ['profile', '{"name":"hunter2"}', 'profile.kind'],
    ['profile', JSON.stringify({ ...profileFor(), unheardOf: 'hunter2' }), 'profile'],
    ['profile', JSON.stringify({ ...profileFor(), kind: 'production' }), 'profile.color'],
    ['secrets', '["hunter2"]', 'secrets.0'],
  ])('in its %s (%s) is left out and logged once, and nothing is lost', (column, text, field) => {
    const { database, store, log } = open()
    for (const id of ['a', 'b', 'c']) store.save(saved(id))
    database.prepare(`UPDATE environment SET ${column} = ? WHERE id = 'b'`).run(text)
    expect(ids(store)).toEqual(['a', 'c'])
    store.order(['c'])
    expect(ids(store)).toEqual(['c', 'a'])
    expect(log.lines).toHaveLength(1)
    expect(log.lines[0]).toMatchObject({
      level: 'error',
      fields: { environment: 'b', fields: expect.arrayContaining([field]) },
    })
    expect(JSON.stringify(log.lines)).not.toContain('hunter2')
    const kept = database.prepare(`SELECT ${column} FROM environment WHERE id = 'b'`).pluck().get()
    expect(kept).toBe(text)
  })

  test('takes its place again once it is mended', () => {
    const { database, store } = open()
    for (const id of ['a', 'b', 'c']) store.save(saved(id))
    database.exec("UPDATE environment SET profile = '{' WHERE id = 'b'")
    expect(ids(store)).toEqual(['a', 'c'])
    store.save(saved('b'))
    expect(ids(store)).toEqual(['a', 'b', 'c'])
  })
})

describe('the file', () => {
  test('takes no field that a profile does not have, such as a password', () => {
    const { database, store } = open()
    const profile = { ...profileFor(), password: 'hunter2' }
    expect(() => store.save(saved('a', { profile }))).toThrow('password')
    expect(database.prepare('SELECT count(*) FROM environment').pluck().get()).toBe(0)
    const beside = { ...saved('a'), values: { password: 'hunter2' } }
    store.save(beside)
    expect(JSON.stringify(database.prepare('SELECT * FROM environment').get())).not.toContain(
      'hunter2',
    )
  })

  test('keeps which secrets there are and where, and forgets them as told', () => {
    const { store } = open()
    store.save(saved('a', { secrets: ['password', 'sshKey'], secretsKept: 'memory' }))
    expect(store.list()[0]).toMatchObject({
      secrets: ['password', 'sshKey'],
      secretsKept: 'memory',
    })
    store.save(saved('a'))
    expect(store.list()[0]).toMatchObject({ secrets: [], secretsKept: null })
  })
})
