import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textPieces } from './text-lines.ts'

describe('textPieces', () => {
  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 1_200 })), (lines) => {
        const text = lines.join('\n')
        const again = textPieces(text).reduce(
          (joined, piece, index) =>
            joined + (piece.continues || index === 0 ? '' : '\n') + piece.text,
          '',
        )
        expect(again).toBe(text)
      }),
    )
  })

  it('keeps the halves of a character together', () => {
    const pieces = textPieces(`${'a'.repeat(399)}🚀🚀`)
    expect(pieces.map(({ text }) => text)).toEqual(['a'.repeat(399), '🚀🚀'])
    expect(pieces.map(({ line }) => line)).toEqual([1, 1])
  })

  it('cuts a line of 8 MB, where quadratic time would take hours', { timeout: 60_000 }, () => {
    expect(textPieces('x'.repeat(8_000_000))).toHaveLength(20_000)
  })
})
