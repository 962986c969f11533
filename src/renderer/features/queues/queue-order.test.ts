import { describe, expect, it } from 'vitest'
import type { Queue, StateCounts } from '#shared/contract/queues.ts'
import {
  byTrouble,
  countOnly,
  filterQueues,
  stateToOpen,
  totalsOf,
  worstOf,
} from './queue-order.ts'

const none: StateCounts = {
  active: 0,
  waiting: 0,
  prioritized: 0,
  delayed: 0,
  'waiting-children': 0,
  failed: 0,
  completed: 0,
}

function queue(
  name: string,
  change: Partial<Omit<Queue, 'counts'>> & { counts?: Partial<StateCounts> } = {},
): Queue {
  return {
    name,
    library: 'bullmq',
    version: '6.7.0',
    paused: false,
    workers: 1,
    failureShare: 0,
    rateIn: null,
    rateOut: null,
    oldestWaitingAt: null,
    readAt: 0,
    ...change,
    counts: { ...none, ...change.counts },
  }
}

const failing = (name: string, failureShare: number, failed: number) =>
  queue(name, { failureShare, counts: { failed } })

const names = (queues: readonly Queue[]) => queues.map(({ name }) => name)

describe('byTrouble', () => {
  it('puts failing queues first, then those with failed jobs, then the rest by name', () => {
    const sorted = byTrouble([
      queue('b2'),
      queue('b10'),
      queue('old failures', { counts: { failed: 900 } }),
      queue('failing', { failureShare: 0.6, counts: { failed: 3 } }),
      queue('abandoned', { workers: 0, counts: { waiting: 3 } }),
      queue('now and then', { failureShare: 0.01, counts: { failed: 3 } }),
    ])
    expect(names(sorted)).toEqual([
      'failing',
      'abandoned',
      'now and then',
      'old failures',
      'b2',
      'b10',
    ])
  })

  it('keeps the order while figures move a little', () => {
    const before = [failing('a', 0.2, 11), failing('b', 0.3, 12)]
    const after = [failing('a', 0.3, 90), failing('b', 0.2, 12)]
    expect(names(byTrouble(before))).toEqual(['a', 'b'])
    expect(names(byTrouble(after))).toEqual(['a', 'b'])
  })

  it('puts ten times as many failed jobs first where trouble is equal', () => {
    const sorted = byTrouble([
      queue('a', { counts: { failed: 1 } }),
      queue('b', { counts: { failed: 99 } }),
      queue('c', { counts: { failed: 100 } }),
      queue('d', { counts: { failed: 11 } }),
    ])
    expect(names(sorted)).toEqual(['c', 'b', 'd', 'a'])
  })

  it('makes nothing of the share of failures while few jobs have failed', () => {
    const sorted = byTrouble([
      queue('one of one', { failureShare: 1, counts: { failed: 1 } }),
      queue('few of many', { failureShare: 0.01, counts: { failed: 3, completed: 297 } }),
    ])
    expect(names(sorted)).toEqual(['few of many', 'one of one'])
  })
})

describe('worstOf', () => {
  it('leaves out those with the fewest failed jobs, whatever their names', () => {
    const queues = ['a', 'b', 'c', 'd'].map((name, index) =>
      queue(name, { failureShare: 0.2, counts: { failed: 10 + index } }),
    )
    expect(names(worstOf(queues, 2))).toEqual(['d', 'c'])
  })

  it('keeps what fails now before what failed once', () => {
    const old = queue('old', { counts: { failed: 900 } })
    expect(names(worstOf([old, failing('failing', 0.6, 4)], 6))).toEqual(['failing', 'old'])
  })
})

describe('filterQueues', () => {
  const queues = [
    queue('mail-send', { counts: { failed: 2 } }),
    queue('mail-digest', { paused: true }),
    queue('images', { workers: 0 }),
    queue('reports', { workers: null }),
  ]

  it('wants every word of the text, whatever its case', () => {
    expect(names(filterQueues(queues, { q: 'SEND mail' }))).toEqual(['mail-send'])
  })

  it('adds up the toggles that are on', () => {
    expect(names(filterQueues(queues, { only: 'failures,paused' }))).toEqual([
      'mail-send',
      'mail-digest',
    ])
  })

  it('does not take unknown workers for none', () => {
    expect(names(filterQueues(queues, { only: 'no-workers' }))).toEqual(['images'])
    expect(countOnly(queues)).toEqual({ failures: 1, paused: 1, 'no-workers': 1 })
  })
})

describe('totalsOf', () => {
  it('adds counts, and rates where they are known', () => {
    const totals = totalsOf([
      queue('a', { rateIn: 2, counts: { failed: 1 } }),
      queue('b', { counts: { failed: 2 } }),
    ])
    expect(totals).toMatchObject({ rateIn: 2, rateOut: null })
    expect(totals.counts.failed).toBe(3)
  })
})

describe('stateToOpen', () => {
  it('opens failures first, else what goes on, else what waits', () => {
    expect(stateToOpen({ ...none, failed: 1, active: 3 })).toBe('failed')
    expect(stateToOpen({ ...none, waiting: 1, active: 3 })).toBe('active')
    expect(stateToOpen({ ...none, completed: 4 })).toBe('completed')
    expect(stateToOpen(none)).toBe('waiting')
  })
})
