import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstLine } from './first-line.ts'

describe('firstLine', () => {
  test('is the line up to the first break', () => {
    expect(firstLine('ECONNRESET\r\n    at Socket')).toBe('ECONNRESET')
  })

  test('skips leading blank lines', () => {
    expect(firstLine('\n\n  deadlock detected\n')).toBe('deadlock detected')
  })

  test('joins the lines of a message that begins with a lone bracket', () => {
    const message = JSON.stringify([{ code: 'invalid_type', path: ['title'] }], null, 2)
    expect(firstLine(message)).toBe('[ { "code": "invalid_type", "path": [ "title" ] } ]')
  })

  test('is never longer than 300 characters, never breaks, and invents nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 5000 }), (text) => {
        const line = firstLine(text)
        expect(line.length).toBeLessThanOrEqual(300)
        expect(line).not.toMatch(/\n/)
        expect(text.replace(/\s+/g, ' ')).toContain(line.replace(/\s+/g, ' '))
      }),
    )
  })

  test('takes no longer for a huge message', () => {
    expect(firstLine('\n'.repeat(2_000_000) + '{'.repeat(2_000_000))).toHaveLength(300)
  })
})
