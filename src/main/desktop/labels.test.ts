import { expect, test } from 'vitest'
import { labelsIn, languageOf } from './labels.ts'

test.each([
  ['system', 'fr', 'fr'],
  ['system', 'fr-CA', 'fr'],
  ['system', 'fr_BE', 'fr'],
  ['system', 'de', 'en'],
  ['system', '', 'en'],
  ['en', 'fr', 'en'],
  ['fr', 'en-GB', 'fr'],
] as const)('%s on a system in %j speaks %s', (choice, locale, language) => {
  expect(languageOf(choice, locale)).toBe(language)
})

test('every label is there in both languages', () => {
  const english = labelsIn('en')
  const french = labelsIn('fr')
  expect(Object.keys(french)).toEqual(Object.keys(english))
  expect([...Object.values(english), ...Object.values(french)].every((text) => text !== '')).toBe(
    true,
  )
})
