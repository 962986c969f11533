import { describe, expect, test } from 'vitest'
import type { FailureGroup } from '#shared/contract/failures.ts'
import { compared } from './compare.ts'

function group(id: string, count: number, merged: string[] = []): FailureGroup {
  return {
    id,
    name: null,
    errorClass: 'Error',
    message: id,
    frame: null,
    status: 'open',
    reopened: false,
    count,
    share: 0.1,
    failedNow: 0,
    queues: [],
    places: 0,
    firstSeenAt: 0,
    lastSeenAt: 0,
    isNew: false,
    backAfter: null,
    trend: [],
    users: null,
    note: null,
    runbook: null,
    merged,
    split: false,
    splitFrom: null,
    changedBy: null,
    changedAt: null,
  }
}

const staging = (groups: FailureGroup[] | null) => ({
  id: 'staging',
  name: 'Staging',
  groups,
  partial: false,
})
const plain = (rows: ReturnType<typeof compared>) =>
  rows.map(({ group: { id }, counts, only }) => [id, counts, only?.id ?? null])

describe('groups side by side', () => {
  test('have the failures of each environment, and nought where it has none', () => {
    const here = [group('a', 5), group('b', 2)]
    expect(plain(compared(here, here, [staging([group('a', 7)])]))).toEqual([
      ['a', [7], null],
      ['b', [0], null],
    ])
  })

  test('do not make nought of what is not known', () => {
    const here = [group('a', 5)]
    const beside = [
      staging(null),
      { id: 'eu', name: 'EU', groups: [group('a', 1)], partial: false },
    ]
    expect(plain(compared(here, here, beside))).toEqual([['a', [null, 1], null]])
  })

  test('do not make nought of what lies beyond the groups that were compared', () => {
    const here = [group('a', 5), group('b', 2)]
    const some = { ...staging([group('a', 7), group('x', 1)]), partial: true }
    expect(plain(compared(here, here, [some]))).toEqual([
      ['a', [7], null],
      ['b', [null], null],
      ['x', [1], 'staging'],
    ])
    expect(plain(compared(here, here, [some], false))).toEqual([
      ['a', [7], null],
      ['b', [null], null],
    ])
  })

  test('that only others have come last, once, marked with who has them first', () => {
    const beside = [
      staging([group('x', 3)]),
      { id: 'eu', name: 'EU', groups: [group('x', 4), group('y', 1)], partial: false },
    ]
    expect(plain(compared([group('a', 5)], [], beside))).toEqual([
      ['a', [0, 0], null],
      ['x', [3, 4], 'staging'],
      ['y', [0, 1], 'eu'],
    ])
  })

  test('are not only elsewhere when this environment has them out of sight', () => {
    const resolved = group('r', 2)
    expect(plain(compared([group('a', 5)], [resolved], [staging([group('r', 9)])]))).toEqual([
      ['a', [0], null],
    ])
  })

  test('count as one what was merged on either side', () => {
    const here = [group('a', 5, ['b'])]
    expect(plain(compared(here, here, [staging([group('a', 1), group('b', 2)])]))).toEqual([
      ['a', [3], null],
    ])
    const apart = [group('a', 5), group('c', 1)]
    expect(plain(compared(apart, apart, [staging([group('z', 4, ['c'])])]))).toEqual([
      ['a', [0], null],
      ['c', [4], null],
    ])
  })
})
