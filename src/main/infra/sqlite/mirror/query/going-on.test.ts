import { expect, onTestFinished, test } from 'vitest'
import { parseFilter } from '#shared/domain/filter/parse.ts'
import { createMirror, fillMirror } from '#test-support/mirror-rows.ts'
import { goOn, stop } from './going-on.ts'
import { planLimits } from './plan-limits.ts'
import { MirrorQueries } from './queries.ts'

const now = Date.UTC(2026, 10, 20, 12)

test('a query that nobody waits for ends where it looks into rows, with an error; the next one is answered', () => {
  const database = createMirror()
  fillMirror(database, { rows: 3000, to: now, days: 7, allFailed: true, text: false })
  const going = goOn()
  const queries = new MirrorQueries(database, planLimits, going)
  onTestFinished(() => queries.close())
  const search = (filter: string) => {
    const { conditions } = parseFilter(filter, { now, zone: 'UTC' })
    return queries.search({ conditions, merged: {}, sort: '-at', limit: 10, count: 'exact' })
  }
  stop(going)
  expect(() => search('"part 7"')).toThrow('Nobody waits')
  expect(() => search('attempts:>1 cost:>0.01')).toThrow('Nobody waits')
  goOn(going)
  expect(search('"part 7"').total).toBeGreaterThan(0)
})
