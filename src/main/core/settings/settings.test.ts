import BetterSqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { migrate } from '#infra/sqlite/migrate.ts'
import { SqliteSettingsStore } from '#infra/sqlite/settings-store.ts'
import { memoryLog } from '#test-support/audit.ts'
import { StoredSettings } from './settings.ts'

function openSettings() {
  const database = new BetterSqlite(':memory:')
  migrate(database, ':memory:')
  const log = memoryLog()
  const reopen = () => new StoredSettings({ store: new SqliteSettingsStore(database), log })
  return { database, log, reopen, settings: reopen() }
}
const defaults = { language: 'system', theme: 'system' }

describe('settings', () => {
  test('begin with their defaults and outlive a restart', () => {
    const { settings, reopen } = openSettings()
    expect(settings.get()).toEqual(defaults)
    expect(settings.update({ theme: 'dark' })).toEqual({ ...defaults, theme: 'dark' })
    expect(reopen().get()).toEqual({ ...defaults, theme: 'dark' })
  })

  test('that are not mentioned in a change stay', () => {
    const { settings, reopen } = openSettings()
    settings.update({ theme: 'dark' })
    settings.update({ language: 'fr', theme: undefined })
    expect(reopen().get()).toEqual({ language: 'fr', theme: 'dark' })
  })

  test.each(['not json', '"purple"', '{}', 'null', ''])(
    'that are damaged (%j) count as their default, alone, and are logged',
    (value) => {
      const { database, settings, reopen, log } = openSettings()
      settings.update({ language: 'fr', theme: 'dark' })
      database.prepare("UPDATE settings SET value = ? WHERE name = 'theme'").run(value)
      expect(reopen().get()).toEqual({ language: 'fr', theme: 'system' })
      expect(log.lines).toEqual([
        expect.objectContaining({ level: 'warn', fields: { setting: 'theme' } }),
      ])
    },
  )

  test('of an unknown name are ignored', () => {
    const { database, reopen, log } = openSettings()
    database.prepare("INSERT INTO settings VALUES ('future', '1')").run()
    expect(reopen().get()).toEqual(defaults)
    expect(log.lines).toEqual([])
  })

  test('that cannot be written are not changed', () => {
    const { database, settings } = openSettings()
    database.pragma('query_only = ON')
    expect(() => settings.update({ theme: 'dark' })).toThrow('readonly')
    expect(settings.get()).toEqual(defaults)
  })
})

describe('watching settings', () => {
  test('tells them now, at each change, and ends with its signal', async () => {
    const { settings } = openSettings()
    const leaving = new AbortController()
    const seen: string[] = []
    for await (const { theme } of settings.watch(leaving.signal)) {
      seen.push(theme)
      if (theme === 'system') {
        settings.update({ theme: 'dark' })
        settings.update({ theme: 'light' })
      }
      if (theme === 'light') leaving.abort()
    }
    expect(seen).toEqual(['system', 'dark', 'light'])
  })

  test('of a caller who is already gone tells nothing', async () => {
    const { settings } = openSettings()
    const seen: unknown[] = []
    for await (const value of settings.watch(AbortSignal.abort())) seen.push(value)
    expect(seen).toEqual([])
  })
})
