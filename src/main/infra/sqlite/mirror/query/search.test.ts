import { onTestFinished, expect, test } from 'vitest'
import { parseFilter } from '#shared/domain/filter/parse.ts'
import type { PlainJob } from '#test-support/naive-search.ts'
import { plainJob } from '#test-support/naive-search.ts'
import { plainMirror } from '#test-support/plain-mirror.ts'
import { keyTies } from '../schema.ts'
import { MirrorQueries } from './queries.ts'

const day = 24 * 60 * 60 * 1000
const now = Date.UTC(2026, 10, 20, 12)
const keyAt = (at: number, tie = 0) => at * keyTies + tie

const query = (filter: string) => {
  const { conditions, problems } = parseFilter(filter, { now, zone: 'UTC' })
  expect(problems).toEqual([])
  return { conditions, merged: {}, sort: '-at', limit: 10, count: 'exact' as const }
}

function mirrorOf(jobs: readonly PlainJob[]) {
  const database = plainMirror(jobs)
  const queries = new MirrorQueries(database)
  onTestFinished(() => {
    queries.close()
    database.close()
  })
  const ids = (filter: string, sort = '-at') =>
    queries.search({ ...query(filter), sort }).items.map(({ id }) => id)
  return { queries, database, ids }
}

test('a row is told as lists of Redis tell it, with what the mirror knows beyond', () => {
  const { queries, database } = mirrorOf([
    plainJob({
      key: keyAt(now),
      id: '7',
      queue: 'mail',
      name: 'send',
      started: now - 1500,
      finished: now,
      wait: 20,
      attempts: 2,
      priority: 3,
      stalled: 1,
      progress: 50,
      message: 'it failed\nin its second line',
      scheduler: 'nightly',
      parent: { queue: 'flows', job: 'a\nb' },
      group: 'abcd',
      user: '42',
      brand: 'acme',
      provider: 'openai',
      model: 'gpt-5',
      variant: 'b',
      cost: 0.25,
      memory: 12.5,
      tokens: 900,
      checkpoint: '{"step":2}',
    }),
  ])
  database.exec(`UPDATE job SET added = ${now - 2000}, due = 5, reported = 1400, seen = 99`)
  expect(queries.search(query('')).items).toEqual([
    {
      id: '7',
      queue: 'mail',
      name: 'send',
      state: 'failed',
      at: now,
      addedAt: now - 2000,
      startedAt: now - 1500,
      finishedAt: now,
      dueAt: 5,
      wait: 20,
      duration: 1500,
      attemptsMade: 2,
      attemptsAllowed: 3,
      progress: 50,
      priority: 3,
      error: 'it failed',
      scheduler: 'nightly',
      parent: { queue: 'flows', job: 'a\nb' },
      group: 'abcd',
      user: '42',
      brand: 'acme',
      provider: 'openai',
      model: 'gpt-5',
      variant: 'b',
      cost: 0.25,
      memory: 12.5,
      tokens: 900,
      reported: 1400,
      checkpoint: '{"step":2}',
      stalledCount: 1,
      goneAt: null,
      seenAt: 99,
    },
  ])
})

test('an error that cannot be told from what is kept of it is told as it was read', () => {
  const { queries, database } = mirrorOf([
    plainJob({ key: 1, id: '1', message: '[{"path":["a"],' }),
  ])
  database.exec(`UPDATE job SET line = 'a: required (and 80 more)'`)
  expect(queries.search(query('')).items[0]?.error).toBe('a: required (and 80 more)')
})

/** The first is the newest. */
const job = (id: string, told: Partial<PlainJob>) =>
  plainJob({ key: keyAt(now - Number(id) * 1000), id, ...told })

test('a filter as it is typed is found in all queues at once', () => {
  const { ids } = mirrorOf([
    job('1', {
      queue: 'mail',
      message: 'Connection reset by peer',
      user: '42',
      started: 0,
      finished: 9000,
    }),
    job('2', { queue: 'sms', message: 'connection  reset', user: '43', cost: 0.02 }),
    job('3', { queue: 'sms', state: 'waiting', name: 'probe', wait: 90_000 }),
    job('4', { queue: 'images', message: 'Émile was here', user: '142', indexed: false }),
  ])
  expect(ids('state:failed queue:mail,sms')).toEqual(['1', '2'])
  expect(ids('"connection reset"')).toEqual(['1'])
  expect(ids('connection reset')).toEqual(['1', '2'])
  expect(ids('emile')).toEqual(['4'])
  expect(ids('user:*42')).toEqual(['1', '4'])
  expect(ids('duration:>2s')).toEqual(['1'])
  expect(ids('wait:>1m')).toEqual(['3'])
  expect(ids('cost:>0.01')).toEqual(['2'])
  expect(ids('-name:probe', 'at')).toEqual(['4', '2', '1'])
  expect(ids('since:3s')).toEqual(['1', '2', '3'])
  expect(ids('until:2026-11-19')).toEqual([])
  expect(ids('nothing-like-it')).toEqual([])
})

test('characters that mean something to SQL or to the text index are only characters', () => {
  const texts = [
    `it's "so"`,
    '100% _ of * all',
    'a AND b OR NOT c',
    `x') OR 1=1 --`,
    'col:umn ^ {near}',
  ]
  const { ids } = mirrorOf(
    texts.map((message, index) => plainJob({ key: 9 - index, id: String(index), message })),
  )
  expect(ids(String.raw`"it's \"so\""`)).toEqual(['0'])
  expect(ids('"% _"')).toEqual(['1'])
  expect(ids('error:*%*_*')).toEqual(['1'])
  expect(ids('"AND b OR NOT"')).toEqual(['2'])
  expect(ids(`"') OR 1=1 --"`)).toEqual(['3'])
  expect(ids('"umn ^ {near}"')).toEqual(['4'])
  expect(ids('near and')).toEqual([])
})

test('a page goes on behind its last row while new jobs come in front of it', () => {
  const jobs = Array.from({ length: 30 }, (_, index) =>
    plainJob({ key: keyAt(now - index * 1000), id: String(index), cost: index % 3 }),
  )
  const { queries, database } = mirrorOf(jobs)
  for (const sort of ['-at', '-cost']) {
    const first = queries.search({ ...query('state:failed since:1d'), sort })
    database.exec(`
      INSERT INTO job (key, queue, id, state, name, attempts, allowed, priority, stalled, cost, detailed, seen)
      SELECT max(key) + ${keyTies}, queue, id || 'new', state, name, 1, 1, 0, 0, 9, 1, 0 FROM job`)
    // A later moment, as the next request is of.
    const { conditions } = parseFilter('since:1d  state:failed', { now: now + 5000, zone: 'UTC' })
    const second = queries.search({
      ...query('state:failed since:1d'),
      conditions: conditions.toReversed(),
      sort,
      cursor: first.cursor ?? undefined,
    })
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(new Set(ids).size).toBe(20)
  }
})

test('one of many pages goes on where the list was when it began, whatever was sorted meanwhile', () => {
  const jobs = Array.from({ length: 30 }, (_, index) =>
    plainJob({ key: keyAt(now - index * 1000), id: String(index), cost: index }),
  )
  const { queries, database } = mirrorOf(jobs)
  const page = (cursor?: string, sort = 'cost') =>
    queries.search({ ...query('state:failed'), sort, bulk: true, cursor })
  const first = page()
  expect(first).toMatchObject({ total: 30, items: { length: 10 } })
  database.exec('UPDATE job SET cost = 99 WHERE id = 12; DELETE FROM job WHERE id = 13')
  const second = page(first.cursor ?? '')
  expect(second.items.map(({ id }) => id)).toEqual([
    '10',
    '11',
    '12',
    '14',
    '15',
    '16',
    '17',
    '18',
    '19',
  ])
  // Lists that come between take its place; then it goes on by what it is sorted by.
  for (const sort of ['-cost', 'wait', 'attempts']) page(undefined, sort)
  expect(page(second.cursor ?? '').items.map(({ id }) => id)).toEqual([
    '20',
    '21',
    '22',
    '23',
    '24',
    '25',
    '26',
    '27',
    '28',
    '29',
  ])
})

test('one of many pages has what is gone since the list began, without what got another time', () => {
  const jobs = Array.from({ length: 30 }, (_, index) =>
    plainJob({ key: keyAt(now - index * 1000), id: String(index), cost: index }),
  )
  const { queries, database } = mirrorOf(jobs)
  const page = (cursor?: string) =>
    queries.search({ ...query('state:failed'), sort: 'cost', bulk: true, cursor })
  const first = page()
  const columns =
    'queue, id, state, name, cost, attempts, allowed, priority, stalled, detailed, seen'
  database.exec(`
    INSERT INTO gone_job (key, gone, ${columns}) SELECT key, 5, ${columns} FROM job WHERE id = 12;
    DELETE FROM job WHERE id = 12;
    UPDATE job SET key = key + 100000 WHERE id = 13`)
  const second = page(first.cursor ?? '')
  const found = second.items.map(({ id, goneAt }) => [id, goneAt])
  expect(found.slice(0, 4)).toEqual([
    ['10', null],
    ['11', null],
    ['12', 5],
    ['14', null],
  ])
  expect(found).toHaveLength(9)
})

test('refuses a cursor that is damaged, or of another filter or order', () => {
  const jobs = Array.from({ length: 30 }, (_, index) =>
    plainJob({ key: index + 1, id: String(index) }),
  )
  const { queries } = mirrorOf(jobs)
  const cursor = queries.search(query('state:failed')).cursor ?? ''
  const invalid = expect.objectContaining({ code: 'CURSOR_INVALID' }) as Error
  const ask = (filter: string, given: string, sort = '-at') =>
    queries.search({ ...query(filter), sort, cursor: given })
  expect(ask('state:failed', cursor).items).toHaveLength(10)
  expect(() => ask('state:failed,waiting', cursor)).toThrow(invalid)
  expect(() => ask('', cursor)).toThrow(invalid)
  expect(() => ask('state:failed', cursor, 'at')).toThrow(invalid)
  expect(() => ask('state:failed', cursor.slice(0, -3))).toThrow(invalid)
  const [, ...parts] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
  const moved = Buffer.from(JSON.stringify([7, ...parts])).toString('base64url')
  expect(() => ask('state:failed', moved)).toThrow(invalid)
  expect(() => ask('state:failed', '')).toThrow(invalid)
  expect(() => ask('state:failed', 'bm90IGpzb24')).toThrow(invalid)
})

test('reads a file that nothing may be written to', () => {
  const { database } = mirrorOf([plainJob({ key: 1, id: '1', message: 'timed out' })])
  database.pragma('query_only = ON')
  const queries = new MirrorQueries(database)
  expect(queries.search(query('time')).total).toBe(1)
  expect(() => database.exec('DELETE FROM job')).toThrow('readonly')
  queries.close()
})

test('a time far from now is an edge like any other', () => {
  const { ids } = mirrorOf([plainJob({ key: keyAt(now), id: '1' })])
  expect(ids('until:9999-12-30')).toEqual(['1'])
  expect(ids('since:9999-12-30')).toEqual([])
  expect(ids(`since:${new Date(now - day).toISOString()}`)).toEqual(['1'])
})
