import { expect, test } from 'vitest'
import { Rate } from './rate.ts'

test('a rate is known after a second, and is of late', () => {
  const rate = new Rate()
  expect(rate.perSecond(0)).toBeNull()
  for (let at = 0; at < 5000; at += 100) rate.add(50, at)
  expect(rate.perSecond(500)).toBeNull()
  expect(rate.perSecond(5000)).toBeCloseTo(500)
  for (let at = 20_000; at < 30_000; at += 100) rate.add(10, at)
  expect(rate.perSecond(29_999)).toBeCloseTo(100, 0)
})
