import { expect, test } from 'vitest'
import { courseOf, isKeepingUp, isLong, shareOf } from './mirror-look.ts'

const now = 1_000_000

test('a mirror that follows is behind only when it has not caught up for a while', () => {
  const following = { state: 'following', unread: null, behind: 812 } as const
  expect(courseOf({ ...following, syncedAt: now - 1_000 }, now)).toBe('following')
  expect(courseOf({ ...following, syncedAt: now - 9_000 }, now)).toBe('behind')
  expect(courseOf({ ...following, syncedAt: null }, now)).toBe('behind')
  expect(courseOf({ ...following, behind: 0, syncedAt: now - 9_000 }, now)).toBe('following')
  expect(courseOf({ ...following, state: 'paused', syncedAt: null }, now)).toBe('paused')
})

test('one that may not read Redis says so, unless it does not want to', () => {
  const denied = { unread: 'denied', behind: 0, syncedAt: null } as const
  for (const state of ['starting', 'backfilling', 'following'] as const) {
    expect(courseOf({ ...denied, state }, now)).toBe('unread')
  }
  expect(courseOf({ ...denied, state: 'offline' }, now)).toBe('offline')
})

test('a share is never more than all, and nothing where all is not known yet', () => {
  expect(shareOf({ done: 1, total: 4 })).toBe(0.25)
  expect(shareOf({ done: 5, total: 4 })).toBe(1)
  expect(shareOf({ done: 0, total: 0 })).toBe(0)
})

test('what new jobs bring is no long work, and neither is what is read in a moment', () => {
  expect(isLong({ done: 0, total: 1_000_000 })).toBe(true)
  expect(isLong({ done: 985_000, total: 1_000_000 })).toBe(true)
  expect(isLong({ done: 995_000, total: 1_000_000 })).toBe(false)
  expect(isLong({ done: 200, total: 651 })).toBe(false)
  expect(isKeepingUp({ done: 200, total: 651 })).toBe(false)
  expect(isKeepingUp({ done: 796, total: 803 })).toBe(true)
  expect(isKeepingUp({ done: 0, total: 0 })).toBe(true)
})
