import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeName, isSameName, longestName } from './environment-name.ts'

test.each([
  ['Shop', 'shop'],
  [' Shop ', 'Shop'],
  ['Côté', 'CO\u0302TÉ'],
])('%s and %s could be taken for one another', (one, other) => {
  expect(isSameName(one, other)).toBe(true)
})

test('other names are others', () => {
  expect(isSameName('Shop', 'Shop 2')).toBe(false)
})

test.each([
  ['Shop', [], 'Shop'],
  ['Shop', ['SHOP'], 'Shop (2)'],
  ['Shop', ['Shop', 'shop (2)'], 'Shop (3)'],
])('of %s beside %j there is %s', (name, taken, free) => {
  expect(freeName(name, taken)).toBe(free)
})

test('a free name is free, short enough, and whole', () => {
  const names = fc.array(fc.constantFrom('a', 'A', 'a (2)', 'x'.repeat(60)), { maxLength: 5 })
  fc.assert(
    fc.property(
      fc.oneof(
        names.map(([name]) => name ?? 'a'),
        fc.string(),
      ),
      names,
      (name, taken) => {
        const free = freeName(name, taken)
        expect(taken.some((other) => isSameName(other, free))).toBe(false)
        expect(free.length).toBeLessThanOrEqual(longestName)
      },
    ),
  )
})
