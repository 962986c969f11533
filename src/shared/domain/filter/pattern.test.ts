import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyValue } from '#test-support/filters.ts'
import { literalPattern, patternMatches, patternParts } from './pattern.ts'

test.each([
  ['send', ['send']],
  ['send-*', ['send-', '']],
  ['*', ['', '']],
  ['a**b', ['a', '', 'b']],
  [String.raw`a\*b\\*`, [String.raw`a*b\ `.trim(), '']],
  [String.raw`a\b\ `.trim(), [String.raw`a\b\ `.trim()]],
])('%j has the parts %j', (pattern, parts) => {
  expect(patternParts(pattern)).toEqual(parts)
})

test.each([
  ['send-*', 'SEND-mail', true],
  ['send-*', 'resend-mail', false],
  ['*mail', 'send-mail', true],
  ['*a*b*', 'xxaxxbxx', true],
  ['*a*b*', 'xxbxxaxx', false],
  ['ab*ba', 'aba', false],
  ['*', '', true],
  ['a', 'ab', false],
  [String.raw`\*`, 'a', false],
])('%j for %j: %s', (pattern, text, holds) => {
  expect(patternMatches(pattern, text)).toBe(holds)
})

test('the pattern of a text is matched by that text and no other', () => {
  fc.assert(
    fc.property(anyValue, anyValue, (text, other) => {
      const pattern = literalPattern(text)
      expect(patternParts(pattern)).toEqual([text])
      expect(patternMatches(pattern, text)).toBe(true)
      expect(patternMatches(pattern, other)).toBe(text.toLowerCase() === other.toLowerCase())
    }),
  )
})

test('a pattern matches what its parts make with anything between', () => {
  fc.assert(
    fc.property(fc.array(anyValue, { minLength: 1 }), anyValue, (parts, between) => {
      const pattern = parts.map(literalPattern).join('*')
      const text = parts.join(between)
      expect(patternMatches(pattern, text)).toBe(true)
    }),
  )
})
