import type { Database } from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { FailurePicking } from '#core/mirror/ports.ts'
import type { Condition } from '#shared/domain/filter/condition.ts'
import { createMirror } from '#test-support/mirror-rows.ts'
import { plainMirror } from '#test-support/plain-mirror.ts'
import { plainJob, type PlainJob } from '#test-support/naive-search.ts'
import { keyTies } from '../schema.ts'
import { MirrorQueries } from './queries.ts'

const hour = 60 * 60 * 1000
/** Noon of some day, in hours. */
const noon = 400_000

interface Seen {
  group: number
  hour: number
  queue?: number
  name?: number
  count: number
}

/** A mirror with these sums; groups 1 to 4, queues 1 and 2, names 11 and 12, users 21 to 23. */
function mirrorWith(seen: readonly Seen[], database: Database = createMirror()) {
  const group = database.prepare(`
    INSERT INTO failure_group (id, fingerprint, error_class, message, frame, split_from, first_seen,
      last_seen, stack, stack_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const messages = ['read <path> failed', 'Délai of <number> ms exceeded', 'bad id', 'unseen']
  messages.forEach((message, index) => {
    const hours = seen.filter((one) => one.group === index + 1).map((one) => one.hour)
    const [first, last] = hours.length === 0 ? [0, 0] : [Math.min(...hours), Math.max(...hours)]
    const split = index === 2 ? 'group2' : null
    group.run(
      index + 1,
      `group${index + 1}`,
      'Error',
      message,
      'send (src/send.ts)',
      split,
      first * hour + 5,
      last * hour + 7,
      `stack of ${index + 1}`,
      index,
    )
  })
  const queue = database.prepare('INSERT OR IGNORE INTO queue (id, name) VALUES (?, ?)')
  queue.run(1, 'mail')
  queue.run(2, 'images')
  const word = database.prepare('INSERT OR IGNORE INTO word (id, field, text) VALUES (?, ?, ?)')
  word.run(11, 0, 'send')
  word.run(12, 0, 'resize')
  for (const user of [21, 22, 23]) word.run(user, 1, `user-${user}`)
  const sum = database.prepare(`
    INSERT INTO failure_hour (failure, hour, queue, name, count) VALUES (?, ?, ?, ?, ?)`)
  for (const one of seen) sum.run(one.group, one.hour, one.queue ?? 1, one.name ?? 11, one.count)
  const queries = new MirrorQueries(database)
  onTestFinished(() => {
    queries.close()
    database.close()
  })
  return { database, queries }
}

/** Jobs of queues, names and groups that `mirrorWith` then adds, with the ids it gives them. */
function holding(jobs: readonly PlainJob[]): Database {
  const database = plainMirror(jobs)
  database.exec(`
    DELETE FROM failure_group; DELETE FROM queue; DELETE FROM word; UPDATE job SET name = 11`)
  return database
}

const span = { start: 0, end: 0 }
const window = {
  from: (noon - 24) * hour,
  to: noon * hour,
  bars: 24,
  conditions: [] as Condition[],
}
const all = {
  status: 'all',
  sort: 'count',
  offset: 0,
  limit: 100,
  merged: {},
  noted: {},
} as const
const noonBefore = noon - 24

test('a group has the failures of the window, hour by hour, and where they were', () => {
  const { queries } = mirrorWith([
    { group: 1, hour: noonBefore - 1, count: 100 },
    { group: 1, hour: noonBefore, count: 2 },
    { group: 1, hour: noon - 1, queue: 2, name: 12, count: 5 },
    { group: 1, hour: noon - 1, count: 1 },
    { group: 1, hour: noon, count: 100 },
    { group: 2, hour: noon - 2, count: 4 },
    { group: 3, hour: noonBefore - 1, count: 9 },
  ])
  const { groups, failures, trend } = queries.failures({ ...window, ...all })
  expect(failures).toBe(12)
  expect(groups.map(({ id, count }) => [id, count])).toEqual([
    ['group1', 8],
    ['group2', 4],
  ])
  expect(groups[0]).toMatchObject({
    errorClass: 'Error',
    message: 'read <path> failed',
    frame: 'send (src/send.ts)',
    splitFrom: null,
    queues: [
      { queue: 'images', name: 'resize', count: 5 },
      { queue: 'mail', name: 'send', count: 3 },
    ],
    places: 2,
    firstSeenAt: (noonBefore - 1) * hour + 5,
    lastSeenAt: noon * hour + 7,
    users: null,
  })
  expect(groups[0]?.trend).toEqual([2, ...Array<number>(22).fill(0), 6])
  expect(trend).toEqual([2, ...Array<number>(21).fill(0), 4, 6])
})

test('a wide window sums several hours to a bar', () => {
  const { queries } = mirrorWith([
    { group: 1, hour: noon - 168, count: 1 },
    { group: 1, hour: noon - 163, count: 2 },
    { group: 1, hour: noon - 162, count: 4 },
    { group: 1, hour: noon - 1, count: 8 },
  ])
  const { trend } = queries.failures({ ...window, ...all, from: (noon - 168) * hour, bars: 28 })
  expect(trend).toEqual([3, 4, ...Array<number>(25).fill(0), 8])
})

test('tells of the failure before the window, at latest when its hour ended', () => {
  const { queries } = mirrorWith([
    { group: 1, hour: noon - 100, count: 1 },
    { group: 1, hour: noon - 50, count: 1 },
    { group: 1, hour: noon - 3, count: 1 },
    { group: 2, hour: noon - 3, count: 1 },
  ])
  const { groups } = queries.failures({ ...window, ...all })
  expect(groups.map(({ previousAt }) => previousAt)).toEqual([(noon - 49) * hour - 1, null])
})

test('counts users who met a failure since the window began, and jobs that stand as failed', () => {
  const failed = { state: 'failed' as const, group: 'group1', queue: 'mail', name: 'send' }
  const jobs = [
    plainJob({ ...failed, key: noon * hour * keyTies, id: '1' }),
    plainJob({ ...failed, key: noon * hour * keyTies + 1, id: '2', queue: 'images' }),
    plainJob({ ...failed, key: noon * hour * keyTies + 2, id: '3', group: null, state: 'waiting' }),
  ]
  const database = holding(jobs)
  const { queries } = mirrorWith(
    [
      { group: 1, hour: noon - 3, count: 5 },
      { group: 1, hour: noon - 3, queue: 2, count: 1 },
    ],
    database,
  )
  const user = database.prepare('INSERT INTO failure_user VALUES (1, ?, ?, 11, ?, ?)')
  user.run(21, 1, 3, noon * hour - 10)
  user.run(21, 2, 1, noon * hour - 10)
  user.run(22, 1, 9, noonBefore * hour - 10)
  user.run(23, 2, 1, noonBefore * hour)
  expect(queries.failures({ ...window, ...all }).groups[0]).toMatchObject({
    users: 2,
    failedNow: 2,
  })
  const inMail: Condition = { field: 'queue', values: ['mail'], negated: false, span }
  const elsewhere = { ...inMail, negated: true }
  expect(queries.failures({ ...window, ...all, conditions: [inMail] }).groups[0]).toMatchObject({
    count: 5,
    failedNow: 1,
    places: 1,
    users: 1,
  })
  expect(queries.failures({ ...window, ...all, conditions: [elsewhere] }).groups[0]).toMatchObject({
    count: 1,
    failedNow: 1,
    users: 2,
  })
})

test.each([
  [{ field: 'queue', values: ['IMAGES'] }, ['group2']],
  [{ field: 'name', values: ['re*'] }, ['group2']],
  [{ field: 'name', values: ['nothing'] }, []],
  [{ field: 'text', match: 'words', text: 'delai' }, ['group2']],
  [{ field: 'text', match: 'words', text: 'fail' }, ['group1']],
  [{ field: 'text', match: 'exact', text: 'ai' }, ['group1', 'group2']],
  [{ field: 'text', match: 'exact', text: 'SRC/SEND' }, ['group1', 'group2', 'group3']],
] as const)('a list is narrowed by %j', (condition, expected) => {
  const { queries } = mirrorWith([
    { group: 1, hour: noon - 1, count: 1 },
    { group: 2, hour: noon - 1, queue: 2, name: 12, count: 1 },
    { group: 3, hour: noon - 1, count: 1 },
  ])
  const ids = (negated: boolean) =>
    queries
      .failures({ ...window, ...all, conditions: [{ ...condition, negated, span } as Condition] })
      .groups.map(({ id }) => id)
  expect(ids(false)).toEqual(expected)
  expect(ids(true)).toEqual(
    ['group1', 'group2', 'group3'].filter((id) => !expected.some((one) => one === id)),
  )
})

test('several groups are told as one: figures, users, messages and the newest job together', () => {
  const key = noon * hour * keyTies
  const jobs = ['first', 'second', 'second', 'third'].map((message, index) =>
    plainJob({ key: key + index, id: String(index), message, group: index === 3 ? 'b' : 'a' }),
  )
  const database = holding(jobs)
  const { queries } = mirrorWith(
    [
      { group: 1, hour: noon - 30, count: 1 },
      { group: 1, hour: noon - 3, count: 3 },
      { group: 2, hour: noon - 2, queue: 2, count: 4 },
    ],
    database,
  )
  const user = database.prepare('INSERT INTO failure_user VALUES (?, ?, 1, 11, ?, ?)')
  user.run(1, 21, 3, noon * hour)
  user.run(2, 21, 2, noon * hour)
  user.run(2, 22, 4, noon * hour)
  const detail = queries.failure(['unknown', 'group2', 'group1'], window)
  expect(detail).toMatchObject({
    id: 'group2',
    sums: { failures: 7, knownSince: 5 },
    parts: [
      { id: 'group2', message: 'Délai of <number> ms exceeded', count: 4 },
      { id: 'group1', message: 'read <path> failed', count: 3 },
    ],
    count: 7,
    failedNow: 4,
    users: 2,
    firstSeenAt: (noon - 30) * hour + 5,
    lastSeenAt: (noon - 2) * hour + 7,
    previousAt: (noon - 29) * hour - 1,
    allQueues: [
      { queue: 'images', name: 'send', count: 4 },
      { queue: 'mail', name: 'send', count: 3 },
    ],
    topUsers: [
      { user: 'user-21', count: 5 },
      { user: 'user-22', count: 4 },
    ],
    messages: [
      { message: 'second', count: 2 },
      { message: 'third', count: 1 },
      { message: 'first', count: 1 },
    ],
    sample: { job: '3', message: 'third', stack: 'stack of 2' },
  })
  expect(queries.failure(['unknown'], window)).toBeNull()
})

test('a group without failures in the window, or without jobs, is still told', () => {
  const { queries, database } = mirrorWith([{ group: 1, hour: noon - 30, count: 1 }])
  expect(queries.failure(['group1'], window)).toMatchObject({
    count: 0,
    trend: Array<number>(24).fill(0),
    messages: [],
    sample: null,
    users: null,
  })
  database.exec(`
    INSERT INTO gone_job (key, gone, queue, id, state, name, attempts, allowed, priority, stalled,
      message, failure, finished, detailed, seen)
    VALUES (7, 8, 1, 'gone', 5, 11, 1, 1, 0, 0, 'it was', 1, 1234, 1, 0)`)
  expect(queries.failure(['group1'], window)?.sample).toEqual({
    queue: 'mail',
    job: 'gone',
    failedAt: 1234,
    message: 'it was',
    stack: 'stack of 1',
  })
})

describe('a page of groups', () => {
  const seen = [
    { group: 1, hour: noon - 3, count: 3 },
    { group: 2, hour: noon - 2, queue: 2, count: 4 },
    { group: 3, hour: noon - 1, count: 5 },
  ]
  const page = (picking: Partial<FailurePicking>) => {
    const { queries } = mirrorWith(seen)
    const { groups, total, counts } = queries.failures({ ...window, ...all, ...picking })
    return { groups: groups.map(({ id, count }) => [id, count]), total, counts }
  }

  test('begins where it is told to, and knows of the others', () => {
    expect(page({ offset: 1, limit: 1 })).toEqual({
      groups: [['group2', 4]],
      total: 3,
      counts: { open: 3, resolved: 0, muted: 0 },
    })
    expect(page({ sort: 'first' }).groups.map(([id]) => id)).toEqual(['group3', 'group2', 'group1'])
  })

  test('has the groups of a status; one that was seen since it was resolved is open', () => {
    const noted = {
      group1: { status: 'resolved', resolvedAt: noon * hour },
      group2: { status: 'resolved', resolvedAt: 0 },
      group3: { status: 'muted', resolvedAt: null },
    } as const
    const counts = { open: 1, resolved: 1, muted: 1 }
    expect(page({ noted, status: 'open' })).toEqual({ groups: [['group2', 4]], total: 1, counts })
    expect(page({ noted, status: 'resolved' }).groups).toEqual([['group1', 3]])
    expect(page({ noted, status: 'muted' }).groups).toEqual([['group3', 5]])
  })

  test('reads those that were merged as one, under the name of whatever stands for them', () => {
    const merged = { group9: ['group1', 'group2'] }
    expect(page({ merged })).toMatchObject({
      groups: [
        ['group9', 7],
        ['group3', 5],
      ],
      total: 2,
    })
    const noted = { group9: { status: 'muted', resolvedAt: null } } as const
    expect(page({ merged, noted, status: 'muted' }).groups).toEqual([['group9', 7]])
  })

  test('can be sorted by users', () => {
    const { queries, database } = mirrorWith(seen)
    const user = database.prepare('INSERT INTO failure_user VALUES (?, ?, 1, 11, 1, ?)')
    user.run(1, 21, noon * hour)
    user.run(1, 22, noon * hour)
    user.run(2, 21, noon * hour)
    const { groups } = queries.failures({ ...window, ...all, sort: 'users', limit: 2 })
    expect(groups.map(({ id, users }) => [id, users])).toEqual([
      ['group1', 2],
      ['group2', 1],
    ])
  })
})

test('of a group that was split the largest part is told', () => {
  const { queries } = mirrorWith([{ group: 3, hour: noon - 1, count: 5 }])
  expect(queries.largestPart('group2')).toBe('group3')
  expect(queries.largestPart('group1')).toBeNull()
  expect(queries.knownFailures(['group3', 'nothing'])).toEqual(['group3'])
})
