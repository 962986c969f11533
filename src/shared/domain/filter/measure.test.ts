import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration, parseDuration, parseMeasure } from './measure.ts'

test.each([
  ['2s', 2000],
  ['1m30s', 90_000],
  ['500ms', 500],
  ['1.5s', 1500],
  ['2H', 7_200_000],
  ['1d', 86_400_000],
  ['2w1d', 15 * 86_400_000],
  ['0s', 0],
  ['0.4ms', 0],
])('%s is %i milliseconds', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds)
})

test.each([
  '',
  '5',
  's',
  '1s1m',
  '1s1s',
  '1m 30s',
  '-1s',
  '1,5s',
  '1.s',
  '99999999999999w',
  '1sec',
])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeNull()
})

test('a duration is written shortly', () => {
  expect([0, 999, 1500, 90_000, 86_400_000].map(formatDuration)).toEqual([
    '0ms',
    '999ms',
    '1s500ms',
    '1m30s',
    '1d',
  ])
})

test('any duration that is written is read again', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (milliseconds) => {
      expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds)
    }),
  )
})

test('money and memory have fractions, counts have none', () => {
  expect(parseMeasure('cost', '0.01')).toBe(0.01)
  expect(parseMeasure('memory', '1e2')).toBe(100)
  expect(parseMeasure('tokens', '1200')).toBe(1200)
  expect(parseMeasure('tokens', '1.5')).toBeNull()
  expect(parseMeasure('priority', '9007199254740993')).toBeNull()
  expect(parseMeasure('cost', '')).toBeNull()
  expect(parseMeasure('cost', 'Infinity')).toBeNull()
  expect(parseMeasure('cost', '0x10')).toBeNull()
})
