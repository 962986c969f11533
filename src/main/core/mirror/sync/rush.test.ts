import { expect, test } from 'vitest'
import { Rush } from './rush.ts'

const ceiling = 5000

/** Seconds of `jobs` a second, told four times a second, until it is too many; null when it never is. */
function secondsAt(jobs: number): number | null {
  const rush = new Rush()
  for (let now = 0; now < 600_000; now += 250)
    if (rush.add(jobs / 4, ceiling, now)) return now / 1000
  return null
}

test('half of the ceiling is followed for ever, what is above it only for a moment', () => {
  expect(secondsAt(1000)).toBeNull()
  expect(secondsAt(2500)).toBeNull()
  expect(secondsAt(3000)).toBeGreaterThan(5)
  expect(secondsAt(5000)).toBeLessThanOrEqual(2)
  expect(secondsAt(40_000)).toBe(0)
})

test('many jobs at once are followed when it was calm before', () => {
  const rush = new Rush()
  expect(rush.add(5000, ceiling, 0)).toBe(false)
  expect(rush.add(5000, ceiling, 2000)).toBe(false)
  expect(rush.add(5000, ceiling, 2500)).toBe(true)
})

test('it is over once no more happens than may be followed for ever', () => {
  expect(Rush.isOver(2500, ceiling)).toBe(true)
  expect(Rush.isOver(2501, ceiling)).toBe(false)
})
