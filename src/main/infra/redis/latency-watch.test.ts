import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LatencyWatch } from './latency-watch.ts'

function watchAfter(...latencies: number[]): LatencyWatch {
  const watch = new LatencyWatch()
  for (const latency of latencies) watch.observe(latency)
  return watch
}
const times = (count: number, latency: number) => Array.from({ length: count }, () => latency)

test('one slow answer, or four, are no latency; five of ten are', () => {
  expect(watchAfter(...times(20, 1), 500).slow).toBe(false)
  expect(watchAfter(...times(20, 1), ...times(4, 30)).slow).toBe(false)
  expect(watchAfter(...times(20, 1), ...times(5, 30)).slow).toBe(true)
  expect(watchAfter(...times(20, 1), 30, 1, 30, 1, 30, 1, 30, 1, 30).slow).toBe(true)
})

test('five answers are enough to know what is usual', () => {
  expect(watchAfter(...times(5, 1), ...times(5, 100)).slow).toBe(true)
  expect(watchAfter(...times(60, 100)).slow).toBe(false)
})

test('it lasts until ten answers in a row were as usual', () => {
  const slow = [...times(20, 1), ...times(5, 30)]
  expect(watchAfter(...slow, ...times(9, 1)).slow).toBe(true)
  expect(watchAfter(...slow, ...times(10, 1)).slow).toBe(false)
  expect(watchAfter(...slow, ...times(9, 1), 30, ...times(9, 1)).slow).toBe(true)
})

test('a server far away is measured by its own usual', () => {
  expect(watchAfter(...times(60, 80), ...times(30, 200)).slow).toBe(false)
  expect(watchAfter(...times(60, 80), ...times(30, 300)).slow).toBe(true)
})

test('what was usual is not forgotten while it is slow for minutes', () => {
  expect(watchAfter(...times(120, 1), ...times(600, 50)).slow).toBe(true)
})

test('answers within 20 ms are never slow', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { maxLength: 200 }),
      (latencies) => !watchAfter(...latencies).slow,
    ),
  )
})
