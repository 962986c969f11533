import BetterSqlite from 'better-sqlite3'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { defaultMirrorSettings } from '#shared/contract/mirror.ts'
import { parseFilter } from '#shared/domain/filter/parse.ts'
import { failedJob } from '#test-support/raw-jobs.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { MirrorFile } from '../mirror-file.ts'
import { MirrorQueries } from './queries.ts'

const noon = Date.UTC(2026, 10, 20, 12)
const iso = (at: number) => new Date(at).toISOString()

test('times are exact where more jobs end in one millisecond than have room in it', () => {
  const file = join(temporaryFolder(), 'mirror-e.db')
  const mirror = new MirrorFile(file)
  onTestFinished(() => mirror.close())
  mirror.open(defaultMirrorSettings, { split: [] })
  const at = (index: number) => noon + (index < 100 ? 0 : index < 150 ? 3 : 500)
  const jobs = Array.from({ length: 200 }, (_, index) =>
    failedJob({ id: `${index}`, finished: at(index) }),
  )
  mirror.write({ queue: 'mail', seenAt: noon, jobs, gone: [], deferred: true })
  // What it knows of that must outlast it.
  mirror.open(defaultMirrorSettings, { split: [] })
  const database = new BetterSqlite(file, { readonly: true })
  const queries = new MirrorQueries(database)
  onTestFinished(() => {
    queries.close()
    database.close()
  })
  const count = (filter: string) => {
    const { conditions, problems } = parseFilter(filter, { now: noon, zone: 'UTC' })
    expect(problems).toEqual([])
    const query = { conditions, merged: {}, sort: '-at', limit: 500 }
    const { items, total } = queries.search({ ...query, count: 'exact' })
    expect(total).toBe(items.length)
    return items.length
  }
  expect(count(`since:${iso(noon)}`)).toBe(200)
  expect(count(`since:${iso(noon + 1)}`)).toBe(100)
  expect(count(`until:${iso(noon + 1)}`)).toBe(100)
  expect(count(`since:${iso(noon + 3)} until:${iso(noon + 4)} state:failed`)).toBe(50)
  expect(count(`since:${iso(noon + 4)}`)).toBe(50)
  expect(count(`until:${iso(noon + 4)} name:send`)).toBe(150)
})
