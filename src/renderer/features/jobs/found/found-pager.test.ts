import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { MirrorJob, SearchPage } from '#shared/contract/job-search.ts'
import { FoundPager } from './found-pager.ts'

function job(id: number): MirrorJob {
  return {
    id: String(id),
    name: 'send',
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
    error: 'no',
    scheduler: null,
    parent: null,
    queue: 'mail',
    at: id,
    group: null,
    user: null,
    brand: null,
    provider: null,
    model: null,
    variant: null,
    cost: null,
    memory: null,
    tokens: null,
    reported: null,
    checkpoint: null,
    stalledCount: 0,
    goneAt: null,
    seenAt: id,
  }
}

const coverage: SearchPage['coverage'] = {
  state: 'following',
  asOf: 1,
  behind: 0,
  backfilled: 1,
  detailed: 1,
  tooLong: 0,
  payloadText: 'off',
}

/** A mirror of so many jobs, newest first, that answers as the console does. */
function mirrorOf(count: number) {
  const mirror = {
    ids: Array.from({ length: count }, (_, index) => count - index),
    requests: [] as { offset: number; limit: number; count: string }[],
    fails: false,
    load: async (request: { offset: number; limit: number; count: 'exact' | 'none' }) => {
      mirror.requests.push(request)
      await Promise.resolve()
      if (mirror.fails) throw new Error('no mirror')
      const { ids } = mirror
      return {
        items: ids.slice(request.offset, request.offset + request.limit).map(job),
        cursor: null,
        total: request.count === 'exact' ? ids.length : null,
        coverage,
      }
    },
  }
  return mirror
}

const idle = async () => {
  await vi.advanceTimersByTimeAsync(1_000)
}
const shown = (pager: FoundPager, start: number, end: number) =>
  Array.from({ length: end - start }, (_, index) => pager.rowAt(start + index)?.id ?? null)

describe('FoundPager', () => {
  vi.useFakeTimers()

  it('reads any place of a million rows in one request', async () => {
    const mirror = mirrorOf(1_000_000)
    const pager = new FoundPager(mirror.load)
    pager.start()
    await idle()
    expect(pager.read()).toMatchObject({ loaded: true, count: 1_000_000, total: 1_000_000 })
    pager.setAtTop(false)
    pager.want(900_010, 900_040)
    await idle()
    expect(pager.rowAt(900_010)?.id).toBe(String(1_000_000 - 900_010))
    expect(mirror.requests).toHaveLength(2)
    expect(mirror.requests[1]).toMatchObject({ count: 'none' })
  })

  it('reads nothing of what is scrolled past', async () => {
    const mirror = mirrorOf(1_000_000)
    const pager = new FoundPager(mirror.load)
    pager.start()
    await idle()
    pager.setAtTop(false)
    for (let place = 1_000; place < 400_000; place += 1_000) pager.want(place, place + 30)
    await idle()
    expect(mirror.requests.length).toBeLessThan(4)
  })

  it('keeps what is read in its place, and says how many came above it', async () => {
    const mirror = mirrorOf(10_000)
    const pager = new FoundPager(mirror.load)
    pager.start()
    await idle()
    pager.setAtTop(false)
    pager.want(5_000, 5_030)
    await idle()
    const before = shown(pager, 5_000, 5_030)
    mirror.ids = [10_003, 10_002, 10_001, ...mirror.ids]
    pager.changed()
    await idle()
    expect(shown(pager, 5_000, 5_030)).toEqual(before)
    expect(pager.read()).toMatchObject({ pending: 3, count: 10_000, total: 10_003 })
    mirror.ids = [...Array.from({ length: 700 }, (_, index) => 20_000 - index), ...mirror.ids]
    pager.changed()
    await idle()
    expect(shown(pager, 5_000, 5_030)).toEqual(before)
    expect(pager.read().pending).toBe(703)
    pager.want(0, 30)
    pager.setAtTop(true)
    await idle()
    expect(pager.read()).toMatchObject({ pending: 0, count: 10_703 })
    expect(pager.rowAt(0)?.id).toBe('20000')
  })

  it('lets new rows in at once at the top', async () => {
    const mirror = mirrorOf(100)
    const pager = new FoundPager(mirror.load)
    pager.start()
    pager.want(0, 30)
    await idle()
    mirror.ids = [101, ...mirror.ids]
    pager.changed()
    await idle()
    expect(pager.rowAt(0)?.id).toBe('101')
    expect(pager.read()).toMatchObject({ pending: 0, count: 101 })
  })

  it('keeps the same object for a row that reads the same', async () => {
    const mirror = mirrorOf(100)
    const pager = new FoundPager(mirror.load)
    pager.start()
    await idle()
    const row = pager.rowAt(7)
    pager.changed()
    await idle()
    expect(mirror.requests).toHaveLength(2)
    expect(pager.rowAt(7)).toBe(row)
  })

  it('keeps what it has when it cannot be read, and goes on when it can', async () => {
    const mirror = mirrorOf(300)
    const pager = new FoundPager(mirror.load)
    pager.start()
    await idle()
    mirror.fails = true
    pager.changed()
    await idle()
    expect(pager.read().error).toEqual(new Error('no mirror'))
    expect(pager.rowAt(0)?.id).toBe('300')
    mirror.fails = false
    pager.start()
    await idle()
    expect(pager.read()).toMatchObject({ error: null, count: 300 })
  })

  it('shows what the mirror has, wherever one scrolls and whatever comes and goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 2_000 }),
        fc.array(
          fc.oneof(
            fc.record({
              kind: fc.constant('scroll'),
              at: fc.double({ min: 0, max: 1, noNaN: true }),
            }),
            fc.record({ kind: fc.constant('come'), at: fc.integer({ min: 1, max: 900 }) }),
            fc.record({ kind: fc.constant('go'), at: fc.integer({ min: 0, max: 2_000 }) }),
          ),
          { maxLength: 12 },
        ),
        async (count, steps) => {
          const mirror = mirrorOf(count)
          const pager = new FoundPager(mirror.load)
          let newest = 1_000_000
          let start = 0
          pager.start()
          await idle()
          for (const { kind, at } of steps) {
            if (kind === 'scroll') start = Math.floor(at * Math.max(0, pager.read().count - 30))
            if (kind === 'come') {
              for (let number = 0; number < at; number += 1)
                mirror.ids = [(newest += 1), ...mirror.ids]
            }
            if (kind === 'go') mirror.ids = mirror.ids.toSpliced(at, 40)
            pager.setAtTop(start === 0)
            pager.want(start, start + 30)
            pager.changed()
            await idle()
            start = Math.max(0, Math.min(start, pager.read().count - 30))
            pager.setAtTop(start === 0)
            pager.want(start, start + 30)
            await idle()
            const { pending, total } = pager.read()
            const end = Math.min(start + 30, pager.read().count)
            expect(total).toBe(mirror.ids.length)
            expect(shown(pager, start, end)).toEqual(
              mirror.ids.slice(start + pending, end + pending).map(String),
            )
          }
          pager.stop()
        },
      ),
      { numRuns: 60 },
    )
  })
})
