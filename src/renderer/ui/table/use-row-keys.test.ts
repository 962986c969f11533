import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { target } from './use-row-keys.ts'

test.each([
  ['ArrowDown', 4, 5],
  ['j', 4, 5],
  ['ArrowUp', 4, 3],
  ['k', 0, 0],
  ['PageDown', 4, 14],
  ['PageUp', 4, 0],
  ['Home', 4, 0],
  ['End', 4, 99],
  ['End', 99, 99],
])('%s from row %d leads to row %d', (key, active, place) => {
  expect(target(key, { active, count: 100, pageSize: 10 })).toBe(place)
})

test('no key leaves the list, and other keys do not move', () => {
  const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'j', 'k']
  fc.assert(
    fc.property(
      fc.constantFrom(...keys),
      fc.integer({ min: 1, max: 1e6 }),
      fc.nat(),
      (key, count, seed) => {
        const place = target(key, { active: seed % count, count, pageSize: 20 })
        expect(place).toBeGreaterThanOrEqual(0)
        expect(place).toBeLessThan(count)
      },
    ),
  )
  expect(target('x', { active: 1, count: 9, pageSize: 2 })).toBeUndefined()
})
