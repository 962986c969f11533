import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { JobPage, JobRow } from '#shared/contract/jobs.ts'
import { JobPager } from './job-pager.ts'

function row(id: number, change: Partial<JobRow> = {}): JobRow {
  return {
    id: String(id),
    name: 'mail',
    state: 'failed',
    addedAt: id,
    startedAt: id,
    finishedAt: id,
    dueAt: null,
    wait: 0,
    duration: 1,
    attemptsMade: 1,
    attemptsAllowed: 1,
    progress: null,
    priority: 0,
    error: null,
    scheduler: null,
    parent: null,
    ...change,
  }
}

/** Jobs of a state, newest (highest id) first, paged by the last id of a page as the console does. */
class State {
  ids: number[]
  requests: (string | undefined)[] = []
  fail = false
  slow = false

  constructor(count: number) {
    this.ids = Array.from({ length: count }, (_, index) => count - index)
  }

  page(cursor: string | undefined, limit: number): JobPage {
    const from = cursor === undefined ? Infinity : Number(cursor)
    const rest = this.ids.filter((id) => id < from)
    const items = rest.slice(0, limit)
    const more = rest.length > limit
    return {
      items: items.map((id) => row(id)),
      cursor: more ? String(items.at(-1)) : null,
      total: this.ids.length,
      readAt: 0,
    }
  }

  load = async (cursor: string | undefined): Promise<JobPage> => {
    this.requests.push(cursor)
    await (this.slow ? new Promise((resolve) => setTimeout(resolve, 5)) : Promise.resolve())
    if (this.fail) {
      throw new Error('unreachable')
    }
    return this.page(cursor, 100)
  }

  add(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      this.ids.unshift((this.ids[0] ?? 0) + 1)
    }
  }

  remove(...ids: number[]): void {
    this.ids = this.ids.filter((id) => !ids.includes(id))
  }
}

async function startedOn(state: State): Promise<JobPager> {
  const pager = new JobPager(state.load)
  pager.start()
  await idle(pager)
  return pager
}

async function idle(pager: JobPager): Promise<void> {
  await vi.waitFor(() => expect(pager.idle()).toBe(true), { interval: 1 })
}

function live(
  pager: JobPager,
  state: State,
  more: { gone?: string[]; rows?: JobRow[] } = {},
): void {
  pager.apply({ page: state.page(undefined, 50), gone: more.gone ?? [], rows: more.rows ?? [] })
}

function idsOf(pager: JobPager, count = pager.read().count): (number | null)[] {
  return Array.from({ length: count }, (_, index) => {
    const id = pager.rowAt(index)?.id
    return id === undefined ? null : Number(id)
  })
}

describe('JobPager', () => {
  it('stands for all rows of the state and loads those near the screen', async () => {
    const state = new State(5_000)
    const pager = await startedOn(state)
    expect(pager.read()).toMatchObject({ count: 5_000, total: 5_000, loaded: true })
    expect(pager.rowAt(0)?.id).toBe('5000')
    expect(pager.rowAt(4_999)).toBeNull()
  })

  it('loads one page after the other up to a place far below', async () => {
    const state = new State(5_000)
    const pager = await startedOn(state)
    state.slow = true
    pager.want(4_000, 4_030)
    await vi.waitFor(() => expect(pager.read()).toMatchObject({ until: 4_030 }), { interval: 1 })
    expect(pager.read().reaching).toBeLessThan(4_000)
    await idle(pager)
    expect(pager.rowAt(4_010)?.id).toBe('990')
    expect(pager.read().reaching).toBeNull()
  })

  it('lets go of rows far from the screen and loads them again by their cursor', async () => {
    const state = new State(20_000)
    const pager = await startedOn(state)
    pager.want(19_000, 19_030)
    await idle(pager)
    expect(pager.rowAt(2_000)).toBeNull()
    expect(pager.rowAt(19_010)?.id).toBe('990')
    pager.want(2_000, 2_030)
    await idle(pager)
    expect(pager.rowAt(2_010)?.id).toBe('17990')
    expect(pager.read().count).toBe(20_000)
  })

  it('never asks for two pages at once', async () => {
    const state = new State(3_000)
    let running = 0
    const pager = new JobPager(async (cursor) => {
      running += 1
      expect(running).toBe(1)
      const page = await state.load(cursor)
      running -= 1
      return page
    })
    pager.start()
    pager.want(500, 530)
    pager.want(2_000, 2_030)
    await idle(pager)
    expect(pager.rowAt(2_010)?.id).toBe('990')
  })

  it('shows new jobs at once at the top, and removes those that left', async () => {
    const state = new State(300)
    const pager = await startedOn(state)
    state.add(2)
    state.remove(299)
    live(pager, state)
    expect(idsOf(pager, 4)).toEqual([302, 301, 300, 298])
    expect(pager.read().total).toBe(301)
  })

  it('keeps new jobs out while one reads further down and says how many came', async () => {
    const state = new State(300)
    const pager = await startedOn(state)
    pager.setAtTop(false)
    state.add(3)
    live(pager, state)
    state.add(2)
    live(pager, state)
    expect(idsOf(pager, 2)).toEqual([300, 299])
    expect(pager.read()).toMatchObject({ pending: 5, pendingMore: false })
    pager.setAtTop(true)
    expect(idsOf(pager, 6)).toEqual([305, 304, 303, 302, 301, 300])
    expect(pager.read().pending).toBe(0)
  })

  it('admits that more came than it saw', async () => {
    const state = new State(300)
    const pager = await startedOn(state)
    pager.setAtTop(false)
    state.add(200)
    live(pager, state)
    expect(pager.read()).toMatchObject({ pending: 50, pendingMore: true })
    pager.setAtTop(true)
    await idle(pager)
    expect(idsOf(pager, 300)).toEqual(Array.from({ length: 300 }, (_, index) => 500 - index))
  })

  it('marks rows that left while one reads on, and removes them back at the top', async () => {
    const state = new State(300)
    const pager = await startedOn(state)
    pager.setAtTop(false)
    state.remove(250)
    live(pager, state, { gone: ['250'] })
    expect(pager.rowAt(50)?.gone).toBe(true)
    expect(pager.indexOf('250')).toBe(50)
    pager.setAtTop(true)
    expect(pager.indexOf('250')).toBe(-1)
  })

  it('brings rows on screen up to date without moving them', async () => {
    const state = new State(300)
    const pager = await startedOn(state)
    live(pager, state, { rows: [row(240, { progress: 42 })] })
    expect(pager.rowAt(60)).toMatchObject({ id: '240', progress: 42 })
  })

  it('removes a job that an action took out at once', async () => {
    const state = new State(300)
    const pager = await startedOn(state)
    pager.markGone('299')
    expect(idsOf(pager, 2)).toEqual([300, 298])
  })

  it('empties when everything left', async () => {
    const state = new State(20)
    const pager = await startedOn(state)
    state.ids = []
    live(pager, state)
    expect(pager.read()).toMatchObject({ count: 0, total: 0, loaded: true })
  })

  it('keeps what it has when a page fails, and goes on when tried again', async () => {
    const state = new State(2_000)
    const pager = await startedOn(state)
    state.fail = true
    pager.want(1_000, 1_030)
    await idle(pager)
    expect(pager.read().error).toBeInstanceOf(Error)
    expect(pager.rowAt(0)?.id).toBe('2000')
    state.fail = false
    pager.start()
    await idle(pager)
    expect(pager.read().error).toBeNull()
    expect(pager.rowAt(1_010)?.id).toBe('990')
  })

  it('at the top, always shows the newest jobs in order and each once, whatever happens', async () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 1, max: 120 }) }),
      fc.record({ removeAt: fc.nat({ max: 200 }) }),
      fc.record({ want: fc.nat({ max: 900 }) }),
      fc.record({ away: fc.boolean() }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 700 }),
        fc.array(step, { maxLength: 15 }),
        async (count, steps) => {
          const state = new State(count)
          const pager = await startedOn(state)
          for (const change of steps) {
            const gone: string[] = []
            if ('add' in change) {
              state.add(change.add)
            } else if ('removeAt' in change) {
              const id = state.ids[change.removeAt]
              if (id !== undefined) {
                state.remove(id)
                gone.push(String(id))
              }
            } else if ('want' in change) {
              pager.want(change.want, change.want + 30)
            } else {
              pager.setAtTop(!change.away)
            }
            live(pager, state, { gone })
            await idle(pager)
          }
          pager.setAtTop(true)
          live(pager, state)
          pager.want(0, 30)
          await idle(pager)
          const shown = idsOf(pager).filter((id) => id !== null)
          expect(shown.slice(0, 50)).toEqual(state.ids.slice(0, 50))
          expect(new Set(shown).size).toBe(shown.length)
          expect(shown).toEqual(shown.toSorted((one, other) => other - one))
        },
      ),
    )
  })
})

const pageOf = (...ids: string[]): JobPage => ({
  items: ids.map((id, index) => row(index, { id })),
  cursor: null,
  total: ids.length,
  readAt: 0,
})

describe('the longest id', () => {
  it('is that of the rows loaded so far, and grows with what arrives', async () => {
    const pager = new JobPager(async () => Promise.resolve(pageOf('7', 'order-17')))
    pager.start()
    await idle(pager)
    expect(pager.read().longestId).toBe('order-17'.length)
    pager.apply({ page: pageOf('order-2026-18', '7', 'order-17'), rows: [], gone: [] })
    expect(pager.read().longestId).toBe('order-2026-18'.length)
  })
})

describe('coming back to a list', () => {
  it('keeps its rows on coming back, and reads the newest again while the reader is at the top', async () => {
    const state = new State(300)
    const pager = await startedOn(state)
    pager.stop()
    state.ids.unshift(301)
    pager.resume()
    expect(pager.read().loaded).toBe(true)
    expect(pager.rowAt(0)?.id).toBe('300')
    await vi.waitFor(() => expect(pager.rowAt(0)?.id).toBe('301'))
  })

  it('stays where the reader was further down on coming back', async () => {
    const state = new State(300)
    const pager = await startedOn(state)
    pager.setAtTop(false)
    pager.stop()
    state.ids.unshift(301)
    const asked = state.requests.length
    pager.resume()
    expect(pager.rowAt(150)?.id).toBe('150')
    expect(state.requests.slice(asked)).not.toContain(undefined)
  })
})
