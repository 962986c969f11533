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

/** A file that always has more rows, or has them as the test says. */
function begun(asked: Asked, waiting = 1_000_000_000) {
  const began = Date.now()
  let [slices, unindexed, groups] = [0, waiting, 0]
  const detailed: boolean[] = []
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
    indexText: (limit, onlyDetailed = false) => {
      slices += 1
      detailed.push(onlyDetailed)
      return (unindexed = Math.max(0, unindexed - limit))
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
    detailed,
    called: (method: string) => idle.called(method, 0),
    write: (rows: number) => {
      unindexed += rows
      idle.called('write', 0)
    },
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

test('takes every other moment for the last few rows, however often the mirror is asked', () => {
  const asked = new Asked()
  const { slicesIn, write } = begun(asked, 0)
  slicesIn(500)
  let slices = 0
  for (let turn = 0; turn < 10; turn += 1) {
    write(5000)
    new Asked(asked.shared).add()
    slices += slicesIn(5 * sliceTime)
  }
  expect(slices).toBeGreaterThanOrEqual(40)
})

test('waits for details only while very many rows do', () => {
  const many = begun(new Asked())
  many.called('writeDetails')
  many.slicesIn(50)
  expect(many.detailed).toContain(true)
  const few = begun(new Asked(), 15_000)
  few.called('writeDetails')
  few.slicesIn(200)
  expect(few.detailed.length).toBeGreaterThan(0)
  expect(few.detailed).not.toContain(true)
})

test('gathers what comes in a few at a time', () => {
  const { slicesIn, write } = begun(new Asked(), 0)
  slicesIn(500)
  let slices = 0
  for (let turn = 0; turn < 100; turn += 1) {
    write(1)
    slices += slicesIn(10)
  }
  expect(slices).toBeGreaterThanOrEqual(3)
  expect(slices).toBeLessThanOrEqual(6)
})
