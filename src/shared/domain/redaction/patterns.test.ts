import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultRedaction } from '../../contract/mirror.ts'
import { checkRedaction, compileRedaction } from './patterns.ts'

function problemOf(pattern: string): string | undefined {
  return checkRedaction([pattern])[0]?.problem
}

describe('checkRedaction', () => {
  it('takes the patterns that are set at first', () => {
    expect(checkRedaction(defaultRedaction)).toEqual([])
  })

  it.each([
    'password',
    '^pin$',
    'api[-_]?key',
    '(?:access|refresh)[-_]?token',
    'card.*number',
    'x{2,4}',
    'a|b|c',
    '(?=secret)s',
    '(token)?',
    '[*+?]',
    String.raw`\w+_key`,
    String.raw`a\*b\+`,
  ])('takes %s', (pattern) => {
    expect(problemOf(pattern)).toBeUndefined()
  })

  it.each(['(', '[a', '*a', 'a{2,1}', '(?<n>'])('says that %s is invalid', (pattern) => {
    expect(problemOf(pattern)).toBe('invalid')
  })

  it.each([
    '(a+)+$',
    '(a|a)*b',
    '(?:a|b){2,}c',
    '((a+)b)+',
    '(a*)*',
    '(.*)+x',
    '.*.*.*x',
    `${'a?'.repeat(30)}${'a'.repeat(30)}`,
    'a{0,50}b{0,50}c{0,50}',
    String.raw`(a+)\1`,
    String.raw`(?<n>a)\k<n>`,
    '(a{1,9}){1,9}',
    '(a|a)'.repeat(30),
    'a*a*a?',
  ])('says that %s may be slow', (pattern) => {
    expect(problemOf(pattern)).toBe('slow')
  })

  it('says that a long one is too long, and which', () => {
    expect(checkRedaction(['a', 'b'.repeat(201), '('])).toEqual([
      { index: 1, problem: 'too-long' },
      { index: 2, problem: 'invalid' },
    ])
  })

  it('never throws', () => {
    const sign = fc.constantFrom(...Array.from('ab()[]{}|*+?\\^$.-=!<>:,0123k'))
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 40 }), (signs) => {
        expect(checkRedaction([signs.join('')]).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('takes none that needs long for a long key', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '(a)',
      '(a|b)',
      'a?',
      'a*',
      'a+',
      '.{1,3}',
      '(a)?',
      '(?=a)',
      '^',
      '$',
    )
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        const pattern = parts.join('')
        fc.pre(checkRedaction([pattern]).length === 0)
        // It would take minutes, were it exponential.
        const hides = compileRedaction([pattern])
        expect([hides('a'.repeat(200)), hides(`${'ab'.repeat(99)}!`)]).toHaveLength(2)
      }),
      { numRuns: 200 },
    )
  })
})

describe('compileRedaction', () => {
  const hides = compileRedaction(defaultRedaction)

  it.each([
    'password',
    'userPassword',
    'API_KEY',
    'apiKey',
    'x-api-key',
    'accessToken',
    'Set-Cookie',
  ])('holds for %s', (key) => {
    expect(hides(key)).toBe(true)
    expect(hides(key)).toBe(true)
  })

  it.each(['user', 'key', 'keyword', 'path', ''])('does not hold for %j', (key) => {
    expect(hides(key)).toBe(false)
  })

  it('refuses what cannot be used', () => {
    expect(() => compileRedaction(['(a+)+'])).toThrow(RangeError)
  })

  it('holds for no key without patterns', () => {
    expect(compileRedaction([])('password')).toBe(false)
  })
})
