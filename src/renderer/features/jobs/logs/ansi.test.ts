import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAnsi, withoutAnsi } from './ansi.ts'

const esc = '\u001B'

describe('parseAnsi', () => {
  it('turns colours and weight into runs', () => {
    expect(parseAnsi(`${esc}[1;31merror${esc}[0m done`)).toEqual([
      { text: 'error', color: 'red', bold: true, dim: false },
      { text: ' done', color: null, bold: false, dim: false },
    ])
  })

  it('reads bright colours as their plain ones and skips 256 and true colours', () => {
    expect(parseAnsi(`${esc}[92ma${esc}[38;5;31mb${esc}[38;2;1;31;3mc`)).toMatchObject([
      { text: 'a', color: 'green' },
      { text: 'b', color: 'green' },
      { text: 'c', color: 'green' },
    ])
  })

  it('drops what would move a cursor, set a title or make a link', () => {
    expect(
      withoutAnsi(`${esc}[2K${esc}[1Ga${esc}]0;title\u0007b${esc}]8;;http://x${esc}\\c${esc}7d`),
    ).toBe('abcd')
  })

  it('keeps the text after an escape that never ends', () => {
    expect(withoutAnsi(`${esc}]rest of the line`)).toBe('rest of the line')
  })

  it('leaves text without escapes as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = text.replaceAll(esc, '')
        expect(withoutAnsi(line)).toBe(line)
      }),
    )
  })

  it('never leaves an escape, whatever the line', () => {
    const piece = fc.constantFrom(esc, '[', ']', 'm', '3', '1', ';', '\u0007', '\\', 'x', '8')
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(withoutAnsi(pieces.join(''))).not.toContain(esc)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([esc.repeat(500_000), `${esc}]`.repeat(100_000), `${esc}[`.repeat(500_000)])(
    'takes a hostile line apart, where quadratic time would take hours',
    { timeout: 60_000 },
    (line) => {
      expect(withoutAnsi(line)).not.toContain(esc)
    },
  )
})
