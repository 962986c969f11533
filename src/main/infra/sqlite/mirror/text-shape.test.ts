import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { gap, literalsOf, splitText } from './text-shape.ts'

const text = fc
  .array(
    fc.constantFrom(
      'order',
      '4711',
      'a1b2',
      ' ',
      '  ',
      '(',
      '): ',
      '\n',
      '-',
      'é',
      '😀',
      '.',
      'x',
      "'",
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

const trigramsOf = (of: string) => {
  const characters = Array.from(of)
  return characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(''))
}

test('what differs in numbers alone has one shape', () => {
  const one = splitText('Card declined for ord_000000012: insufficient_funds (issuer code 51)')
  const other = splitText('Card declined for ord_000000999: insufficient_funds (issuer code 51)')
  expect(one.shape).toBe(`Card declined for ${gap}: insufficient_funds (issuer code ${gap})`)
  expect(one.shape).toBe(other.shape)
  expect(one.words).toBe(' ord_000000012 51')
  expect(one.pieces).toBe('r ord_000000012: \ne 51)')
  expect(splitText('nothing of its own')).toEqual({
    shape: 'nothing of its own',
    words: '',
    pieces: '',
  })
})

test('the gaps of a shape are filled by the words that were taken out, in their order', () => {
  fc.assert(
    fc.property(text, (given) => {
      const { shape, words } = splitText(given)
      const parts = words.split(' ').slice(1)
      expect(shape.replaceAll(gap, () => parts.shift() ?? '?')).toBe(given)
      expect(parts).toEqual([])
    }),
  )
})

test('each three characters in a row stand in a literal or in a line of the pieces, and no others do', () => {
  fc.assert(
    fc.property(text, (given) => {
      const { shape, pieces } = splitText(given)
      const told = [...literalsOf(shape), ...pieces.split('\n')].flatMap(trigramsOf)
      const whole = trigramsOf(given).filter((piece) => !piece.includes('\n'))
      const kept = told.filter((piece) => !piece.includes('\n'))
      expect(new Set(kept)).toEqual(new Set(whole))
    }),
  )
})
