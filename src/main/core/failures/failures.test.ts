import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FailureDetail, FailureFigures, MirrorReader } from '../mirror/ports.ts'
import { figuresFor, readableMirrors } from '#test-support/mirror-parts.ts'
import { Failures } from './failures.ts'
import type { FailureNote, FailureNoteStore } from './ports.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour
const now = Date.UTC(2026, 10, 20, 14, 30)
const marie = { operator: 'marie', via: 'web' } as const

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }))
afterEach(() => void vi.useRealTimers())

function memoryNotes(): FailureNoteStore {
  const notes = new Map<string, FailureNote>()
  return {
    all: () => [...notes.values()],
    save: (_environment, changed) => changed.forEach((note) => notes.set(note.id, note)),
  }
}

/** Groups as a mirror would tell of them; several together have the sum of their counts. */
function openFailures(...groups: Partial<FailureFigures>[]) {
  const figures = groups.map((group) => figuresFor({ lastSeenAt: now - hour, ...group }))
  const asked: { ids?: readonly string[]; from: number; to: number; bars: number }[] = []
  const regrouped: string[] = []
  const reader: Partial<MirrorReader> = {
    async failures(_environment, query) {
      asked.push(query)
      const failures = figures.reduce((sum, { count }) => sum + count, 0)
      return {
        groups: figures.filter(({ count }) => count > 0),
        failures,
        trend: [0, failures],
        knownSince: Math.min(...figures.map(({ firstSeenAt }) => firstSeenAt)),
      }
    },
    async failure(_environment, ids, query): Promise<FailureDetail | null> {
      asked.push({ ...query, ids })
      const parts = figures.filter(({ id }) => ids.includes(id))
      const [first] = parts
      if (first === undefined) return null
      return {
        ...first,
        count: parts.reduce((sum, { count }) => sum + count, 0),
        lastSeenAt: Math.max(...parts.map(({ lastSeenAt }) => lastSeenAt)),
        allQueues: first.queues,
        topUsers: [],
        messages: [],
        sample: null,
      }
    },
  }
  const failures = new Failures({
    mirrors: {
      ...readableMirrors,
      regroup: async (environment) => void regrouped.push(environment),
    },
    reader: reader as MirrorReader,
    notes: memoryNotes(),
  })
  const list = (overrides: Partial<Parameters<typeof failures.list>[0]> = {}) =>
    failures.list({
      environment: 'staging',
      window: '24h',
      filter: '',
      status: 'open',
      sort: 'last',
      limit: 100,
      ...overrides,
    })
  const update = (id: string, change: Parameters<typeof failures.update>[3]) =>
    failures.update(marie, 'staging', id, change)
  return { failures, list, update, asked, regrouped, figures }
}

const merge = (parts: ReturnType<typeof openFailures>, into: string, ...ids: string[]) =>
  parts.failures.merge(marie, 'staging', into, ids)

const idsOf = ({ groups }: { groups: { id: string }[] }) => groups.map(({ id }) => id)

describe('a list of failure groups', () => {
  test('is of whole hours, up to the end of this one', async () => {
    const { list, asked } = openFailures({})
    await list({ window: '7d' })
    const to = Date.UTC(2026, 10, 20, 15)
    expect(asked).toEqual([{ from: to - 7 * day, to, bars: 28, conditions: [] }])
  })

  test('has each one’s share of all failures', async () => {
    const { list } = openFailures({ id: 'a', count: 3 }, { id: 'b', count: 1 })
    const { groups, failures, trend, total } = await list({ sort: 'count' })
    expect(groups.map(({ id, share }) => [id, share])).toEqual([
      ['a', 0.75],
      ['b', 0.25],
    ])
    expect({ failures, trend, total }).toEqual({ failures: 4, trend: [0, 4], total: 2 })
  })

  test('is sorted as asked, the newest first where that is equal', async () => {
    const { list } = openFailures(
      { id: 'a', count: 3, users: null, firstSeenAt: 5, lastSeenAt: 10 },
      { id: 'b', count: 3, users: 2, firstSeenAt: 7, lastSeenAt: 20 },
      { id: 'c', count: 9, users: 1, firstSeenAt: 6, lastSeenAt: 15 },
    )
    expect(idsOf(await list({ sort: 'last' }))).toEqual(['b', 'c', 'a'])
    expect(idsOf(await list({ sort: 'first' }))).toEqual(['b', 'c', 'a'])
    expect(idsOf(await list({ sort: 'count' }))).toEqual(['c', 'b', 'a'])
    expect(idsOf(await list({ sort: 'users' }))).toEqual(['b', 'c', 'a'])
  })

  test('tells how many there are beyond its limit, and of each status', async () => {
    const { list, update } = openFailures({ id: 'a' }, { id: 'b' }, { id: 'c' })
    await update('c', { status: 'muted' })
    const { groups, total, counts } = await list({ limit: 1 })
    expect([groups.length, total, counts]).toEqual([1, 2, { open: 2, resolved: 0, muted: 1 }])
    expect(idsOf(await list({ status: 'muted' }))).toEqual(['c'])
    expect(idsOf(await list({ status: 'all' }))).toHaveLength(3)
  })

  test('refuses a filter by what is not counted by the hour', async () => {
    const { list } = openFailures({})
    await expect(list({ filter: 'queue:mail user:42' })).rejects.toMatchObject({
      code: 'FILTER_INVALID',
      data: { problems: [{ start: 11, end: 18, problem: 'field-not-here', text: 'user:42' }] },
    })
    await expect(list({ filter: 'nonsense:1' })).rejects.toMatchObject({ code: 'FILTER_INVALID' })
    await list({ filter: 'queue:mail name:send-* timeout' })
  })

  test('marks what is new within the window', async () => {
    const { list } = openFailures(
      { id: 'a', firstSeenAt: now - 2 * hour },
      { id: 'b', firstSeenAt: now - 3 * day },
    )
    const { groups } = await list({ sort: 'first' })
    expect(groups.map(({ isNew }) => isNew)).toEqual([true, false])
  })

  test('calls nothing new while it knows little more than the window', async () => {
    const { list } = openFailures(
      { id: 'a', firstSeenAt: now - 2 * hour },
      { id: 'b', firstSeenAt: now - 30 * hour },
    )
    expect((await list()).groups.map(({ isNew }) => isNew)).toEqual([false, false])
  })

  test('tells what came back after a day or more', async () => {
    const from = Date.UTC(2026, 10, 19, 15)
    const trend = Array.from({ length: 24 }, (_, bar) => (bar === 12 ? 1 : 0))
    const { list } = openFailures(
      { id: 'a', trend, previousAt: from - 3 * day },
      { id: 'b', trend, previousAt: from - 6 * hour },
      { id: 'c', trend, previousAt: null },
    )
    const { groups } = await list({ sort: 'count' })
    expect(Object.fromEntries(groups.map(({ id, backAfter }) => [id, backAfter]))).toEqual({
      a: 3 * day + 12 * hour,
      b: null,
      c: null,
    })
  })
})

describe('a note', () => {
  test('of a group is shown with who made it and when', async () => {
    const { update, failures } = openFailures({ id: 'a' })
    const shown = await update('a', {
      name: ' Mail server away ',
      note: 'ask Ada',
      runbook: 'https://runbook.example/mail',
    })
    expect(shown).toMatchObject({
      name: 'Mail server away',
      note: 'ask Ada',
      runbook: 'https://runbook.example/mail',
      changedBy: 'marie',
      changedAt: now,
    })
    await update('a', { name: '', note: null })
    expect(await failures.get('staging', 'a', '7d')).toMatchObject({ name: null, note: null })
  })

  test('that it is resolved holds until it is seen again', async () => {
    const { update, list, figures } = openFailures({ id: 'a' })
    expect(await update('a', { status: 'resolved' })).toMatchObject({
      status: 'resolved',
      reopened: false,
    })
    const [group] = figures
    if (group !== undefined) group.lastSeenAt = now + 1
    expect((await list()).groups).toMatchObject([{ id: 'a', status: 'open', reopened: true }])
    vi.setSystemTime(now + hour)
    expect(await update('a', { status: 'resolved' })).toMatchObject({
      status: 'resolved',
      reopened: false,
    })
    expect(await update('a', { note: 'later' })).toMatchObject({ status: 'resolved' })
    expect(await update('a', { status: 'open' })).toMatchObject({ status: 'open', reopened: false })
  })

  test('that it is muted holds, whatever is seen', async () => {
    const { update, figures } = openFailures({ id: 'a' })
    await update('a', { status: 'muted' })
    const [group] = figures
    if (group !== undefined) group.lastSeenAt = now + day
    expect(await update('a', {})).toMatchObject({ status: 'muted', reopened: false })
  })

  test('one that was split is told of by its largest part, and can still be changed', async () => {
    const { figures, update } = openFailures({ id: 'a' })
    await update('a', { split: true })
    figures.splice(
      0,
      1,
      figuresFor({ id: 'a1', splitFrom: 'a', count: 2 }),
      figuresFor({ id: 'a2', splitFrom: 'a', count: 5 }),
    )
    expect(await update('a', { note: 'kept' })).toMatchObject({ id: 'a2', splitFrom: 'a' })
    figures.splice(0, 2, figuresFor({ id: 'a', count: 7 }))
    expect(await update('a', { split: false })).toMatchObject({ id: 'a', note: 'kept' })
  })

  test('that it is told apart by message goes to the mirror once', async () => {
    const { update, regrouped } = openFailures({ id: 'a' })
    expect(await update('a', { split: true })).toMatchObject({ split: true })
    await update('a', { split: true, note: 'still' })
    await update('a', { split: false })
    expect(regrouped).toEqual(['staging', 'staging'])
  })

  test('of a group the mirror does not know is refused', async () => {
    const { update } = openFailures({ id: 'a' })
    await expect(update('zz', { name: 'x' })).rejects.toMatchObject({
      code: 'FAILURE_GROUP_NOT_FOUND',
      data: { group: 'zz' },
    })
  })
})

describe('merging', () => {
  test('counts groups as one, and a search for it finds them all', async () => {
    const parts = openFailures({ id: 'a', count: 2 }, { id: 'b', count: 3 }, { id: 'c', count: 1 })
    expect(await merge(parts, 'a', 'b', 'a')).toMatchObject({ id: 'a', count: 5, merged: ['b'] })
    const { groups, total } = await parts.list({ sort: 'count' })
    expect(groups.map(({ id, count }) => [id, count])).toEqual([
      ['a', 5],
      ['c', 1],
    ])
    expect(total).toBe(2)
    expect(parts.failures.mergedOf('staging')).toEqual({ a: ['b'] })
  })

  test('shows under its own id also where only the others failed of late', async () => {
    const parts = openFailures({ id: 'a', count: 0 }, { id: 'b', count: 3 })
    await merge(parts, 'a', 'b')
    expect(idsOf(await parts.list())).toEqual(['a'])
  })

  test('takes along what was merged before', async () => {
    const parts = openFailures({ id: 'a' }, { id: 'b' }, { id: 'c' })
    await merge(parts, 'b', 'c')
    expect(await merge(parts, 'a', 'b')).toMatchObject({ merged: ['b', 'c'], count: 3 })
    // And whoever still asks for one of them is shown the whole.
    expect(await parts.failures.get('staging', 'c', '24h')).toMatchObject({ id: 'a', count: 3 })
    expect(await merge(parts, 'c', 'a')).toMatchObject({ id: 'a', merged: ['b', 'c'] })
  })

  test('is undone for the groups that are named', async () => {
    const parts = openFailures({ id: 'a' }, { id: 'b' }, { id: 'c' })
    await merge(parts, 'a', 'b', 'c')
    const left = await parts.failures.unmerge(marie, 'staging', 'a', ['b', 'other'])
    expect(left).toMatchObject({ id: 'a', merged: ['c'], count: 2 })
    expect(idsOf(await parts.list())).toEqual(['a', 'b'])
  })

  test('of what is not known is refused whole', async () => {
    const parts = openFailures({ id: 'a' }, { id: 'b' })
    await expect(merge(parts, 'a', 'b', 'zz')).rejects.toMatchObject({
      code: 'FAILURE_GROUP_NOT_FOUND',
    })
    expect(parts.failures.mergedOf('staging')).toEqual({})
  })
})
