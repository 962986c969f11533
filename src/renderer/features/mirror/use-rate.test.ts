import { expect, test } from 'vitest'
import { rateOf } from './use-rate.ts'

test('a rate is told once it is known over some time, and never below nought', () => {
  expect(rateOf([])).toBeNull()
  expect(rateOf([{ at: 0, done: 10 }])).toBeNull()
  expect(
    rateOf([
      { at: 0, done: 10 },
      { at: 1_000, done: 500 },
    ]),
  ).toBeNull()
  expect(
    rateOf([
      { at: 0, done: 0 },
      { at: 1_000, done: 7 },
      { at: 2_000, done: 1_000 },
    ]),
  ).toBe(500)
  expect(
    rateOf([
      { at: 0, done: 9 },
      { at: 2_000, done: 1 },
    ]),
  ).toBe(0)
})
