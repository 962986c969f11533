import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { partsOf } from './template.ts'

test('what varied is told from what is said every time', () => {
  expect(partsOf('Rate limit of <number> per <duration>.')).toEqual([
    { text: 'Rate limit of ', placeholder: false },
    { text: '<number>', placeholder: true },
    { text: ' per ', placeholder: false },
    { text: '<duration>', placeholder: true },
    { text: '.', placeholder: false },
  ])
  expect(partsOf('<uuid>')).toEqual([{ text: '<uuid>', placeholder: true }])
  expect(partsOf('a < b > c')).toEqual([{ text: 'a < b > c', placeholder: false }])
})

test('no character of a message is lost', () => {
  const text = fc.string({ unit: fc.constantFrom('<', '>', 'a', '-', ' ', '9') })
  fc.assert(
    fc.property(text, (template) => {
      expect(
        partsOf(template)
          .map((part) => part.text)
          .join(''),
      ).toBe(template)
    }),
  )
})
