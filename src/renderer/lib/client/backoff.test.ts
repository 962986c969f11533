import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff } from './backoff.ts'

test('the wait is never longer than 15 s nor shorter than half its step', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      const wait = backoff(attempt, () => random)
      const step = Math.min(15_000, 500 * 2 ** Math.min(attempt, 10))
      expect(wait).toBeGreaterThanOrEqual(step / 2)
      expect(wait).toBeLessThanOrEqual(step)
    }),
  )
})
