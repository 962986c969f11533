import { expect, test } from 'vitest'
import { parseFilter } from '#shared/domain/filter/parse.ts'
import { createMirror, fillMirror } from '#test-support/mirror-rows.ts'
import { branchSql } from './branch.ts'
import { DictionaryReader } from './dictionary.ts'
import { goOn, registerGoing } from './going-on.ts'
import { readOrder } from './order.ts'
import { pageSql } from './page-sql.ts'
import { PieceReader } from './pieces.ts'
import { planLimits } from './plan-limits.ts'
import { Planner } from './plan.ts'
import { readFilter } from './read-filter.ts'
import { ShapeReader } from './shapes.ts'
import { plain, type Sql } from './sql.ts'
import { Statements } from './statements.ts'
import { registerWords, Tokenizer } from './tokens.ts'
import { Vocabulary } from './vocabulary.ts'

const now = Date.UTC(2026, 10, 20, 12)

/** How SQLite goes about a filter, on rows of which no way is short. */
function ways() {
  const database = createMirror()
  fillMirror(database, { rows: 3000, to: now, days: 7, allFailed: false, text: true })
  registerGoing(database, goOn())
  registerWords(database)
  const statements = new Statements(database)
  const tokenizer = new Tokenizer()
  const planner = new Planner(statements, { ...planLimits, estimate: 10, short: 0 })
  const dictionary = new DictionaryReader(statements)
  const words = {
    tokenizer,
    vocabulary: new Vocabulary(database, statements),
    shapes: new ShapeReader(statements, tokenizer),
    pieces: new PieceReader(statements),
  }
  const wanted = (filter: string) =>
    readFilter(parseFilter(filter, { now, zone: 'UTC' }).conditions, {
      dictionary,
      words,
      merged: {},
      spill: 0,
    })
  const explained = (query: Sql) =>
    database
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${query.text}`)
      .all(...query.values)
      .map(({ detail }) => detail)
  return {
    page: (filter: string, skip = 0) => {
      const branches = planner.plan(wanted(filter), 'page', skip)
      const order = readOrder('-at')
      return explained(pageSql({ branches, order, cursor: null, limit: 51, skip }))
    },
    count: (filter: string) =>
      planner
        .plan(wanted(filter), 'count')
        .flatMap((branch) => explained(branchSql(branch, plain('count(*)')))),
  }
}

/** Steps that read or sort rows; the others only tell how they are joined. */
const steps = (plan: readonly string[]) =>
  plan.filter((step) => /^(?:SCAN|SEARCH|USE TEMP B-TREE)/.test(step))

const { page, count } = ways()

const nameStates = 'SEARCH j USING COVERING INDEX job_name (name=? AND state=? AND rowid>?)'
const newestFound = /^SCAN (?:words|pieces) VIRTUAL TABLE INDEX 192:/
const byKey = 'SEARCH j USING INTEGER PRIMARY KEY (rowid=?)'

test.each([
  ['', ['SCAN j']],
  ['state:failed', ['SEARCH j USING COVERING INDEX job_state (state=?)']],
  ['queue:mail state:failed', ['SEARCH j USING COVERING INDEX job_queue (queue=? AND state=?)']],
  ['name:probe since:24h', [nameStates, nameStates]],
  ['group:group3', ['SEARCH j USING COVERING INDEX job_failure (failure=?)']],
  ['since:24h', ['SEARCH j USING INTEGER PRIMARY KEY (rowid>?)']],
  ['econnrefused', [expect.stringMatching(newestFound)]],
  ['econnrefused state:failed', [expect.stringMatching(newestFound), byKey]],
  ['"lim"', [expect.stringMatching(newestFound)]],
  ['"lim" name:probe', [expect.stringMatching(newestFound), byKey]],
])('the newest of %j are read in the order of their keys, none is sorted', (filter, expected) => {
  expect(steps(page(filter))).toEqual(expected)
})

test.each([
  ['', ['SCAN j USING COVERING INDEX job_state']],
  ['name:probe since:24h', [nameStates]],
  ['queue:mail state:failed', ['SEARCH j USING COVERING INDEX job_queue (queue=? AND state=?)']],
  ['user:user-1*', [expect.stringMatching(/^SEARCH j USING COVERING INDEX job_user/)]],
  ['brand:brand-3', ['SEARCH j USING COVERING INDEX job_extracted (brand=?)']],
  ['-name:probe', ['SCAN j USING COVERING INDEX job_name']],
  ['since:24h', ['SEARCH j USING COVERING INDEX job_state (state=? AND rowid>?)']],
  ['econnrefused', [expect.stringMatching(/^SCAN words VIRTUAL TABLE/)]],
  ['"lim"', [expect.stringMatching(/^SCAN pieces VIRTUAL TABLE/)]],
  [
    'econnrefused state:failed',
    [
      'SEARCH j USING COVERING INDEX job_state (state=? AND rowid=?)',
      expect.stringMatching(/^SCAN words VIRTUAL TABLE/),
    ],
  ],
])('%j is counted in an index, without touching a row', (filter, expected) => {
  expect(steps(count(filter)).filter((step) => !step.includes('json_each'))).toEqual(expected)
})

test('what is in the shape of a text is told by the index alone; rows are looked at only beyond', () => {
  const counted = steps(count('"limit reached"'))
  expect(counted.slice(0, 3)).toEqual([
    expect.stringMatching(/^SCAN pieces/),
    expect.stringMatching(/^SCAN pieces/),
    byKey,
  ])
  const paged = page('"limit reached"')
  expect(paged).toContain('MERGE (UNION ALL)')
  expect(steps(paged).filter((step) => newestFound.test(step))).toHaveLength(2)
  expect(steps(paged).join()).not.toContain('TEMP B-TREE')
})

test('a page far behind is found in a short index; several states are merged as they come', () => {
  const plan = page('', 5000)
  expect(plan).toContain('MERGE (UNION ALL)')
  const byState = 'SEARCH j USING COVERING INDEX job_state (state=?)'
  expect(steps(plan)).toEqual([byState, byState])
})

test('a condition that all rows meet costs nothing', () => {
  expect(page('state:failed,completed')).toEqual(page(''))
  expect(count('name:*')).toEqual(count(''))
})
