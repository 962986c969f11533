import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyConditions, anyText } from '#test-support/filters.ts'
import type { Condition } from './condition.ts'
import { formatFilter } from './format.ts'
import { longestFilter, parseFilter } from './parse.ts'

const context = { now: Date.UTC(2026, 10, 20, 14), zone: 'Europe/Paris' }
const span = { start: 0, end: 0 }

function formatted(text: string): string {
  return formatFilter(parseFilter(text, context).conditions)
}

test('what is written is read as the same conditions, each where it stands', () => {
  fc.assert(
    fc.property(anyConditions, (conditions) => {
      const text = formatFilter(conditions)
      fc.pre(text.length <= longestFilter)
      const { conditions: read, problems } = parseFilter(text, context)
      expect(problems).toEqual([])
      expect(read.map((condition) => ({ ...condition, span }))).toEqual(conditions)
      expect(read.map((condition) => text.slice(condition.span.start, condition.span.end))).toEqual(
        conditions.map((condition) => formatFilter([condition])),
      )
    }),
    { numRuns: 500 },
  )
})

test('what is written of any text is written the same again', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = formatted(text)
      expect(formatted(once)).toBe(once)
    }),
    { numRuns: 500 },
  )
})

test('the form of a filter does not depend on how it was typed', () => {
  expect(formatted('  State:"failed"   name:"send",b  wait:">60s" since:24h')).toBe(
    'state:failed name:send,b wait:>1m since:2026-11-19T14:00Z',
  )
})

test.each([
  ['a', 'a'],
  ['-a', '"-a"'],
  ['a b', '"a b"'],
  ['a:b', '"a:b"'],
  ['a"b', String.raw`"a\"b"`],
  [' a', '" a"'],
])('the words %j are written %s', (text, written) => {
  const words: Condition = { field: 'text', match: 'words', text, negated: false, span }
  expect(formatFilter([words])).toBe(written)
  expect(formatFilter([{ ...words, negated: true }])).toBe(`-${written}`)
})
