import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MirrorFile } from '../mirror-file.ts'
import { Asked } from './asked.ts'
import { IdleText } from './idle-text.ts'

/** Milliseconds that each slice takes. */
const sliceTime = 10

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A file that always has more rows. */
function begun(asked: Asked) {
  const began = Date.now()
  let [slices, unindexed, groups] = [0, 1_000_000_000, 0]
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now() - began + slices * sliceTime)
  const file: Partial<MirrorFile> = {
    isOpen: true,
    counts: () => ({
      rows: 1,
      gone: 0,
      undetailed: 0,
      unindexed,
      tooLong: 0,
      bytes: 0,
      version: 0,
    }),
    groupFailures: () => (groups += 1) < 3,
    indexText: (limit) => {
      slices += 1
      return (unindexed -= limit)
    },
    mergeText: () => false,
    tidy: () => {},
  }
  const idle = new IdleText(file as MirrorFile, asked)
  idle.called('open', 1)
  return {
    slicesIn: (rest: number) => {
      const before = slices
      vi.advanceTimersByTime(rest)
      return slices - before
    },
    groups: () => groups,
  }
}

test('groups what was left alone before it indexes text', () => {
  const { slicesIn, groups } = begun(new Asked())
  expect([slicesIn(3), groups()]).toEqual([0, 3])
  expect([slicesIn(20) > 0, groups()]).toEqual([true, 3])
})

test('takes every fourth moment while the mirror is asked, and all of them a second after', () => {
  const asked = new Asked()
  const { slicesIn } = begun(asked)
  expect(slicesIn(120)).toBeGreaterThan(60)
  for (let turn = 0; turn < 10; turn += 1) {
    // As the reader's thread does.
    new Asked(asked.shared).add()
    expect(slicesIn(3 * sliceTime * 5)).toBeLessThanOrEqual(6)
  }
  slicesIn(1000)
  expect(slicesIn(120)).toBeGreaterThan(60)
})
