import { array, assert, integer, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from './random.ts'

const seeds = array(oneof(integer(), string()), { minLength: 1, maxLength: 4 })

test('the same seed gives the same values', () => {
  assert(
    property(seeds, (parts) => {
      const values = () => {
        const random = seeded(...parts)
        return [random.next(), random.integer(1, 1000), random.token(8), random.pick([1, 2, 3])]
      }
      expect(values()).toEqual(values())
    }),
  )
})

test('integers keep to their bounds and reach both', () => {
  const random = seeded('bounds')
  const drawn = new Set(Array.from({ length: 500 }, () => random.integer(3, 7)))
  expect(drawn).toEqual(new Set([3, 4, 5, 6, 7]))
})

test('different parts give different streams', () => {
  expect(seeded(1, 'ab').next()).not.toBe(seeded(1, 'a', 'b').next())
})
