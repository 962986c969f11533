import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDuration } from './duration.ts'

const plain = (text: string) => text.replaceAll('\u00A0', ' ').replaceAll('\u202F', ' ')

describe('formatDuration', () => {
  test.each([
    [0, '0 ms', '0 ms'],
    [0.84, '0.8 ms', '0,8 ms'],
    [1.96, '1 ms', '1 ms'],
    [999, '999 ms', '999 ms'],
    [1000, '1 s', '1 s'],
    [9_999, '9.9 s', '9,9 s'],
    [14_000, '14 s', '14 s'],
    [134_000, '2 m 14 s', '2 min 14 s'],
    [120_000, '2 m', '2 min'],
    [3_599_999, '59 m 59 s', '59 min 59 s'],
    [3_600_000, '1 h', '1 h'],
    [3_605_000, '1 h', '1 h'],
    [3_660_000, '1 h 1 m', '1 h 1 min'],
    [90_000_000, '1 d 1 h', '1 j 1 h'],
    [-5, '0 ms', '0 ms'],
  ])('%d ms reads %s in English and %s in French', (milliseconds, english, french) => {
    expect(plain(formatDuration(milliseconds, 'en'))).toBe(english)
    expect(plain(formatDuration(milliseconds, 'fr'))).toBe(french)
  })

  test('never says more than it was', () => {
    const sizes = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (milliseconds) => {
        const words = plain(formatDuration(milliseconds, 'en')).replaceAll(',', '').split(' ')
        let said = 0
        for (let index = 0; index < words.length; index += 2) {
          said += Number(words[index]) * sizes[words[index + 1] as keyof typeof sizes]
        }
        expect(said).toBeLessThanOrEqual(milliseconds + 1e-9)
        expect(words.length).toBeLessThanOrEqual(4)
      }),
    )
  })
})
