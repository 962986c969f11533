import { expect, test } from 'vitest'
import { score } from './score.ts'

test('every part of the text must occur', () => {
  expect(score('photo-analyze', 'photo')).toBeGreaterThan(0)
  expect(score('photo-analyze', 'photo video')).toBe(0)
  expect(score('Aller à : Réglages', 'reglages')).toBeGreaterThan(0)
})

test('the beginning of the words comes first, then the beginning of a word, then the rest', () => {
  const begins = score('social-publish', 'soc')
  const beginsWord = score('social-publish', 'pub')
  const within = score('social-publish', 'ocia')
  expect(begins).toBeGreaterThan(beginsWord)
  expect(beginsWord).toBeGreaterThan(within)
})

test('no text matches everything alike', () => {
  expect(score('anything', '  ')).toBe(1)
})
