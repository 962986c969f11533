import { expect, test } from 'vitest'
import { StreamPace } from './stream-pace.ts'

/** Reads a stream that gains `rate` entries a millisecond, for a minute, as `StreamPace` says. */
function follow(rate: number) {
  const pace = new StreamPace(0)
  let [now, waiting, readings, longest] = [0, 0, 0, 0]
  while (now < 60_000) {
    // A reading waits for the first entry, and takes half a millisecond.
    const passes = pace.rest + Math.max(0.5, waiting + pace.rest * rate >= 1 ? 0 : 1 / rate)
    now += passes
    waiting += passes * rate
    longest = Math.max(longest, waiting)
    const entries = Math.min(pace.count, Math.floor(waiting))
    waiting -= entries
    readings += 1
    pace.read({ bytes: entries * 100, entries, busiest: entries, streams: 1 }, now)
  }
  return { readingsPerSecond: readings / 60, longest, waiting }
}

test.each([0.001, 0.01, 0.1, 1])('at %d entries/ms it is read a few times a second', (rate) => {
  const { readingsPerSecond, longest } = follow(rate)
  expect(readingsPerSecond).toBeLessThanOrEqual(5)
  expect(longest).toBeLessThan(300)
})

test.each([4, 10, 50])(
  'at %d entries/ms so few wait that none is lost, and readings stay few',
  (rate) => {
    const { readingsPerSecond, longest, waiting } = follow(rate)
    expect(longest).toBeLessThan(700)
    expect(waiting).toBeLessThan(500)
    expect(readingsPerSecond).toBeLessThan(rate * 8)
  },
)

test('what found nothing, or not all there is, is followed by the next reading at once', () => {
  const pace = new StreamPace(0)
  pace.read({ bytes: 900, entries: 20, busiest: 20, streams: 1 }, 1000)
  expect(pace.rest).toBe(250)
  pace.read({ bytes: 5, entries: 0, busiest: 0, streams: 0 }, 2000)
  expect(pace.rest).toBe(0)
  pace.read({ bytes: 9000, entries: 100, busiest: 100, streams: 1 }, 3000)
  expect(pace.rest).toBe(0)
  expect(pace.count).toBe(200)
})

test('a reply of more than a megabyte is followed by a smaller one, never of none', () => {
  const pace = new StreamPace(0)
  for (let turn = 1; turn < 10; turn += 1) {
    pace.read({ bytes: 2_000_000, entries: 100, busiest: 100, streams: 1 }, turn * 10)
  }
  expect(pace.count).toBe(10)
})
