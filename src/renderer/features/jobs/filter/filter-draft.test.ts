import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunksOf } from './chunks.ts'
import { draftOf, edited, removed, textOfDraft, typed } from './filter-draft.ts'

const empty = draftOf('')

describe('typed', () => {
  test('a part is whole once a space follows it', () => {
    expect(typed(empty, 'state:fai')).toEqual({ parts: [], input: 'state:fai' })
    expect(typed(empty, 'state:failed ')).toEqual({ parts: ['state:failed'], input: '' })
    expect(typed(empty, 'state:failed user:4')).toEqual({
      parts: ['state:failed'],
      input: 'user:4',
    })
  })

  test('a space within quotes ends nothing', () => {
    expect(typed(empty, '"connection ')).toEqual({ parts: [], input: '"connection ' })
    expect(typed(empty, '"connection reset" ')).toEqual({
      parts: ['"connection reset"'],
      input: '',
    })
  })

  test('typed letter by letter or pasted, a text comes to the same', () => {
    const part = fc.constantFrom(
      'state:failed',
      '"a b"',
      'name:"x, y",z',
      '-user:4',
      'word',
      'foo:',
    )
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join(' ')
        let draft = empty
        for (const letter of text) draft = typed(draft, draft.input + letter)
        expect(textOfDraft(draft)).toBe(text)
        expect(textOfDraft(typed(empty, text))).toBe(text)
        expect(draftOf(text).parts).toEqual(parts)
      }),
    )
  })
})

test('a part is taken out, or changed where one types', () => {
  const draft = { parts: ['state:failed', 'user:42'], input: 'wor' }
  expect(removed(draft, 0)).toEqual({ parts: ['user:42'], input: 'wor' })
  expect(edited(draft, 0)).toEqual({ parts: ['user:42', 'wor'], input: 'state:failed' })
})

test('each part knows what it says or what is wrong with it', () => {
  const [failed, foo, open] = chunksOf('state:failed foo:bar "never closed')
  expect(failed).toMatchObject({ condition: { field: 'state' }, problems: [] })
  expect(foo).toMatchObject({ condition: null, problems: [{ problem: 'unknown-field' }] })
  expect(open).toMatchObject({ problems: [{ problem: 'unclosed-quote' }] })
})
