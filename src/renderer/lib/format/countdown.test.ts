import { expect, test } from 'vitest'
import { formatCountdown } from './countdown.ts'

test.each([
  [900_000, '15:00'],
  [899_001, '15:00'],
  [845_000, '14:05'],
  [60_000, '1:00'],
  [9_000, '0:09'],
  [1, '0:01'],
  [0, '0:00'],
  [-5_000, '0:00'],
  [3_600_000, '60:00'],
])('%d ms are left: %s', (milliseconds, text) => {
  expect(formatCountdown(milliseconds)).toBe(text)
})
