import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { anyText, anyValue } from '#test-support/filters.ts'
import { filterFields } from './fields.ts'
import { parseFilter } from './parse.ts'
import { suggestionsAt, withSuggestion } from './suggest.ts'

/** The text with `|` where the caret is. */
function at(marked: string) {
  const caret = marked.indexOf('|')
  const text = marked.slice(0, caret) + marked.slice(caret + 1)
  const suggestions = suggestionsAt(text, caret)
  const { start, end } = suggestions.span
  return { text, suggestions, replaced: text.slice(start, end) }
}

describe('fields', () => {
  test.each([
    ['|', '', [...filterFields]],
    ['state:failed |', '', [...filterFields]],
    ['st|', 'st', ['state']],
    ['-PR|', 'PR', ['provider', 'priority']],
    ['-|', '', [...filterFields]],
    ['q|x', 'qx', ['queue']],
    ['us|er:42', 'user', ['user']],
    ['xyz|', 'xyz', []],
  ])('at %s', (marked, replaced, fields) => {
    const found = at(marked)
    expect(found.suggestions).toMatchObject({ kind: 'fields', fields })
    expect(found.replaced).toBe(replaced)
  })
})

describe('values', () => {
  test.each([
    [
      'state:|',
      '',
      'state',
      [
        'active',
        'waiting',
        'prioritized',
        'delayed',
        'waiting-children',
        'failed',
        'completed',
        'unknown',
      ],
    ],
    ['-State:wait|x', 'waitx', 'state', ['waiting', 'waiting-children']],
    ['state:waiting,wait|', 'wait', 'state', ['waiting-children']],
    ['is:re| a', 're', 'is', ['resumable', 'retried']],
    ['with:|', '', 'with', ['gone']],
    ['since:t|', 't', 'since', ['today']],
    ['cost:>0|', '>0', 'cost', ['>0.01', '>0.1']],
  ])('at %s', (marked, replaced, field, values) => {
    const found = at(marked)
    expect(found.suggestions).toMatchObject({ kind: 'values', field, values })
    expect(found.replaced).toBe(replaced)
  })

  test.each([
    ['user:|', '', { prefix: '', taken: [] }],
    ['user:4|2', '42', { prefix: '4', taken: [] }],
    ['user:1,4|,"a b"', '4', { prefix: '4', taken: ['1', 'a b'] }],
    ['user:"a b|', '"a b', { prefix: 'a b', taken: [] }],
    [String.raw`user:"a\"b|c"`, String.raw`"a\"bc"`, { prefix: 'a"b', taken: [] }],
    ['user:|"a"', '"a"', { prefix: '', taken: [] }],
  ])('at %s are those of jobs', (marked, replaced, asked) => {
    const found = at(marked)
    expect(found.suggestions).toMatchObject({ kind: 'ask', field: 'user', ...asked })
    expect(found.replaced).toBe(replaced)
  })
})

test.each(['"a b|"', '|-a', 'foo:|', '--a|', 'a"b|'])('nothing at %s', (marked) => {
  expect(at(marked).suggestions.kind).toBe('nothing')
})

describe('withSuggestion', () => {
  test.each([
    ['st|', 'state', 'state:|'],
    ['-na|me:x', 'name', '-name:|x'],
    ['a st| b', 'state', 'a state:| b'],
    ['state:wait| b', 'waiting', 'state:waiting| b'],
    ['user:1,4|,7', 'a, b*', String.raw`user:1,"a, b\*"|,7`],
    ['user:"a b|', 'a bc', 'user:"a bc"|'],
  ])('in %s takes %j', (marked, taken, changed) => {
    const { text, suggestions } = at(marked)
    const { text: after, caret } = withSuggestion(text, suggestions, taken)
    expect(`${after.slice(0, caret)}|${after.slice(caret)}`).toBe(changed)
  })

  it('makes a condition of any value', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const { text } = withSuggestion('user:', suggestionsAt('user:', 5), value)
        expect(parseFilter(text, { now: 0, zone: 'UTC' }).problems).toEqual([])
        expect(suggestionsAt(text, text.length)).toMatchObject({ kind: 'ask', prefix: value })
      }),
    )
  })
})

test('any text has suggestions at any place, within it', () => {
  fc.assert(
    fc.property(anyText, fc.nat({ max: 70 }), (text, place) => {
      const caret = Math.min(place, text.length)
      const { start, end } = suggestionsAt(text, caret).span
      expect(start).toBeGreaterThanOrEqual(0)
      expect(start).toBeLessThanOrEqual(caret)
      expect(end).toBeGreaterThanOrEqual(caret)
      expect(end).toBeLessThanOrEqual(text.length)
    }),
  )
})
