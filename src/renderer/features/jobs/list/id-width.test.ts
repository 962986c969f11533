import { expect, test } from 'vitest'
import { idWidth } from './id-width.ts'

test('short ids, such as numbers, keep the column narrow', () => {
  expect([0, 1, 6].map(idWidth)).toEqual([72, 72, 72])
})

test('a longer id gets the room it needs, up to a limit', () => {
  expect(idWidth(16)).toBeGreaterThan(16 * 7.2 + 16)
  expect(idWidth(36)).toBe(180)
  expect(idWidth(10_000)).toBe(180)
})
