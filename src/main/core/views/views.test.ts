import BetterSqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { migrate } from '#infra/sqlite/migrate.ts'
import { SqliteViews } from '#infra/sqlite/view-store.ts'
import { memoryLog } from '#test-support/audit.ts'
import { Views } from './views.ts'

function openViews() {
  const database = new BetterSqlite(':memory:')
  migrate(database, ':memory:')
  const log = memoryLog()
  const reopen = () => new Views({ store: new SqliteViews(database, log) })
  return { database, log, reopen, views: reopen() }
}

const given = {
  name: 'Failed mails',
  environment: null,
  filter: 'state:failed queue:mail',
  sort: '-at' as const,
  columns: ['name', 'error'],
}

describe('saved views', () => {
  test('outlive a restart, in the order they were made', () => {
    const { views, reopen } = openViews()
    const first = views.create(given)
    const second = views.create({ ...given, name: 'A', environment: 'staging', columns: [] })
    expect(first).toMatchObject(given)
    expect(reopen().list()).toEqual([first, second])
  })

  test('are changed in part', () => {
    const { views, reopen } = openViews()
    const { id } = views.create(given)
    const changed = views.update(id, { filter: 'state:active', name: undefined })
    expect(changed).toEqual({ ...given, id, filter: 'state:active' })
    expect(reopen().list()).toEqual([changed])
  })

  test('are forgotten', () => {
    const { views } = openViews()
    const { id } = views.create(given)
    views.remove(id)
    expect(views.list()).toEqual([])
    for (const gone of [() => views.remove(id), () => views.update(id, { name: 'x' })]) {
      expect(gone).toThrow(expect.objectContaining({ code: 'VIEW_NOT_FOUND', data: { view: id } }))
    }
  })

  test('have names of their own, whatever the case, within their environment', () => {
    const { views } = openViews()
    views.create(given)
    const other = views.create({ ...given, environment: 'staging' })
    const third = views.create({ ...given, name: 'Other' })
    const taken = expect.objectContaining({ code: 'VIEW_NAME_TAKEN' })
    expect(() => views.create({ ...given, name: 'failed MAILS ' })).toThrow(taken)
    expect(() => views.update(third.id, { name: 'FAILED mails' })).toThrow(taken)
    expect(views.update(other.id, { name: 'FAILED MAILS' }).name).toBe('FAILED MAILS')
    expect(views.list()).toHaveLength(3)
  })

  test('whose filter does not hold are not saved', () => {
    const { views } = openViews()
    const { id } = views.create(given)
    const invalid = expect.objectContaining({ code: 'FILTER_INVALID' })
    expect(() => views.create({ ...given, name: 'B', filter: 'stat:failed' })).toThrow(invalid)
    expect(() => views.update(id, { filter: 'state:' })).toThrow(invalid)
    expect(views.list()).toMatchObject([given])
  })

  test('that cannot be read are left out, and stay in the file', () => {
    const { views, database, log } = openViews()
    views.create(given)
    database.prepare("UPDATE saved_view SET sort = 'sideways'").run()
    expect(views.list()).toEqual([])
    expect(log.lines).toMatchObject([{ level: 'warn' }])
    expect(database.prepare('SELECT count(*) FROM saved_view').pluck().get()).toBe(1)
  })
})
