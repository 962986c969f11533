import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from './search.ts'

test('text comes back as it was: an id made of digits stays text', () => {
  expect(stringifySearch({ queue: 'mail', job: '0042', state: undefined, tab: '' })).toBe(
    '?queue=mail&job=0042',
  )
  expect(parseSearch('?queue=mail&job=0042')).toEqual({ queue: 'mail', job: '0042' })
})

test('any name survives the URL', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      fc.pre(text.isWellFormed())
      expect(parseSearch(stringifySearch({ job: text }))).toEqual({ job: text })
    }),
  )
})
