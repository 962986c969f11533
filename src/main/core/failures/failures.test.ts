import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FailureDetail, FailureFigures, MirrorReader } from '../mirror/ports.ts'
import { figuresFor, readableMirrors } from '#test-support/mirror-parts.ts'
import { Failures } from './failures.ts'
import { pickGroups } from './pick.ts'
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

function together(parts: readonly FailureFigures[]): FailureFigures | null {
  const [first] = parts
  return first === undefined
    ? null
    : {
        ...first,
        count: parts.reduce((sum, { count }) => sum + count, 0),
        lastSeenAt: Math.max(...parts.map(({ lastSeenAt }) => lastSeenAt)),
      }
}

/** Groups as a mirror would tell of them; several together have the sum of their counts. */
function openFailures(...groups: Partial<FailureFigures>[]) {
  const figures = groups.map((group) => figuresFor({ lastSeenAt: now - hour, ...group }))
  const asked: { ids?: readonly string[]; from: number; to: number; bars: number }[] = []
  const signals: (AbortSignal | undefined)[] = []
  const regrouped: string[] = []
  const sums = () => ({
    failures: figures.reduce((sum, { count }) => sum + count, 0),
    knownSince: Math.min(...figures.map(({ firstSeenAt }) => firstSeenAt)),
  })
  const reader: Partial<MirrorReader> = {
    async failures(_environment, query, signal) {
      signals.push(signal)
      const { from, to, bars } = query
      asked.push({ from, to, bars })
      const rootOf = (id: string) =>
        Object.keys(query.merged).find((root) => query.merged[root]?.includes(id)) ?? id
      const roots = new Set(figures.flatMap(({ id, count }) => (count > 0 ? [rootOf(id)] : [])))
      const groups = [...roots].flatMap((root) => {
        const all = together(figures.filter(({ id }) => rootOf(id) === root))
        return all === null ? [] : [{ ...all, id: root }]
      })
      const { shown, total, counts } = pickGroups(groups, query)
      const { failures, knownSince } = sums()
      return { groups: shown, total, counts, failures, trend: [0, failures], knownSince }
    },
    knownFailures: async (_environment, groups) =>
      figures.flatMap(({ id }) => (groups.includes(id) ? [id] : [])),
    async largestPart(_environment, group) {
      const parts = figures.filter(({ splitFrom }) => splitFrom === group)
      return parts.toSorted((one, other) => other.count - one.count)[0]?.id ?? null
    },
    async failure(_environment, ids, { from, to, bars }, signal): Promise<FailureDetail | null> {
      signals.push(signal)
      asked.push({ from, to, bars, ids })
      const parts = figures.filter(({ id }) => ids.includes(id))
      const first = together(parts)
      if (first === null) return null
      return {
        ...first,
        sums: sums(),
        parts,
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
      offset: 0,
      ...overrides,
    })
  const update = (id: string, change: Parameters<typeof failures.update>[3]) =>
    failures.update(marie, 'staging', id, change)
  return { failures, list, update, asked, signals, regrouped, figures }
}

const merge = (parts: ReturnType<typeof openFailures>, into: string, ...ids: string[]) =>
  parts.failures.merge(marie, 'staging', into, ids)

const idsOf = ({ groups }: { groups: { id: string }[] }) => groups.map(({ id }) => id)

describe('a list of failure groups', () => {
  test('is of whole hours, up to the end of this one', async () => {
    const { list, asked } = openFailures({})
    await list({ window: '7d' })
    const to = Date.UTC(2026, 10, 20, 15)
    expect(asked).toEqual([{ from: to - 7 * day, to, bars: 28 }])
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
    expect(idsOf(await list({ limit: 1, offset: 1 }))).toEqual(['b'])
    expect(idsOf(await list({ limit: 1, offset: 2 }))).toEqual([])
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

  test('shows what each one is by itself, also one of which nothing is left', async () => {
    const parts = openFailures(
      { id: 'a', count: 2 },
      { id: 'b', count: 3, message: 'read <path> failed', lastSeenAt: 7 },
      { id: 'c' },
    )
    await parts.update('b', { name: 'Disk' })
    await merge(parts, 'a', 'b', 'c')
    parts.figures.pop()
    const detail = await parts.failures.get('staging', 'a', '24h')
    expect(detail.parts).toEqual([
      {
        id: 'b',
        name: 'Disk',
        errorClass: expect.anything(),
        message: 'read <path> failed',
        count: 3,
        lastSeenAt: 7,
      },
      { id: 'c', name: null, errorClass: null, message: null, count: 0, lastSeenAt: null },
    ])
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

test('a list or a group that nobody waits for any more is not read on', async () => {
  const { failures, signals } = openFailures({ id: 'a' })
  const { signal } = new AbortController()
  const page = { status: 'open', sort: 'last', limit: 10, offset: 0 } as const
  await failures.list({ environment: 'staging', window: '24h', filter: '', ...page }, signal)
  await failures.get('staging', 'a', '24h', signal)
  expect(signals).toEqual([signal, signal])
})
