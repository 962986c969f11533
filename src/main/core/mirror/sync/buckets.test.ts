import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgesOf } from './buckets.ts'

const anyRange = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 50 }), fc.nat({ max: 10 ** 9 }))
  .map(([from, width]) => ({ from, to: from + width }))

test('edges are whole, rise, and begin where the range does', () => {
  fc.assert(
    fc.property(anyRange, fc.integer({ min: 1, max: 1000 }), (range, parts) => {
      const edges = edgesOf(range, parts)
      expect(edges[0]).toBe(range.from)
      expect(edges.every(Number.isInteger)).toBe(true)
      expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0))).toBe(true)
      expect(edges.at(-1)).toBeLessThanOrEqual(range.to)
    }),
  )
})
