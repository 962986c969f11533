import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { failureShare, throughput, type ThroughputSample, withSample } from './throughput.ts'

const sampled = (...samples: ThroughputSample[]) =>
  samples.reduce<ThroughputSample[]>((kept, sample) => withSample(kept, sample), [])

test('no rate is told before it was watched for five seconds', () => {
  const samples = sampled({ at: 0, added: 0, backlog: 0 }, { at: 4999, added: 100, backlog: 0 })
  expect(throughput(samples, 100)).toEqual({ rateIn: null, rateOut: null })
})

test('what came in is the change of the counter, per minute', () => {
  const samples = sampled(
    { at: 0, added: 1000, backlog: 5 },
    { at: 10_000, added: 1020, backlog: 5 },
  )
  expect(throughput(samples, 0)).toEqual({ rateIn: 120, rateOut: 120 })
})

test('jobs removed as they finish still count as going out', () => {
  const samples = sampled({ at: 0, added: 0, backlog: 50 }, { at: 60_000, added: 10, backlog: 20 })
  expect(throughput(samples, 0).rateOut).toBe(40)
})

test('jobs that finished count even while the backlog grows by hand', () => {
  const samples = sampled({ at: 0, added: 0, backlog: 0 }, { at: 60_000, added: 0, backlog: 90 })
  expect(throughput(samples, 12)).toEqual({ rateIn: 0, rateOut: 12 })
})

test('a counter that ran backwards starts the watch again', () => {
  const samples = sampled({ at: 0, added: 900, backlog: 0 }, { at: 9000, added: 3, backlog: 3 })
  expect(samples).toEqual([{ at: 9000, added: 3, backlog: 3 }])
})

test('the window slides: samples older than a minute go, but one that fills it', () => {
  const samples = sampled(
    ...Array.from({ length: 200 }, (_, second) => ({
      at: second * 1000,
      added: 2 * second,
      backlog: 0,
    })),
  )
  expect(samples).toHaveLength(61)
  expect(throughput(samples, null).rateIn).toBe(120)
})

test('a queue that is read very often keeps few samples, and the same rates', () => {
  const samples = sampled(
    ...Array.from({ length: 30_000 }, (_, step) => ({ at: step * 4, added: step, backlog: 0 })),
  )
  expect(samples.length).toBeLessThanOrEqual(62)
  expect(throughput(samples, null).rateIn).toBeCloseTo(15_000)
})

test('rates are never negative, whatever the counters do', () => {
  const sample = fc.record({
    at: fc.integer({ min: 0, max: 200_000 }),
    added: fc.option(fc.nat(), { nil: null }),
    backlog: fc.nat(),
  })
  fc.assert(
    fc.property(fc.array(sample), (samples) => {
      const { rateIn, rateOut } = throughput(
        sampled(...samples.toSorted((one, other) => one.at - other.at)),
        0,
      )
      expect(rateIn ?? 0).toBeGreaterThanOrEqual(0)
      expect(rateOut ?? 0).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('a failure share needs something that finished', () => {
  expect(failureShare(0, 0)).toBeNull()
  expect(failureShare(1, 3)).toBe(0.25)
})
