import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { firstLine } from './first-line.ts'

describe('firstLine', () => {
  test('is the line up to the first break', () => {
    expect(firstLine('ECONNRESET\r\n    at Socket')).toBe('ECONNRESET')
  })

  test('skips leading blank lines', () => {
    expect(firstLine('\n\n  deadlock detected\n')).toBe('deadlock detected')
  })

  test('joins the lines of a message that begins with a lone bracket and lists no issues', () => {
    const message = JSON.stringify([{ code: 'invalid_type', path: ['title'] }], null, 2)
    expect(firstLine(message)).toBe('[ { "code": "invalid_type", "path": [ "title" ] } ]')
  })

  test('is the first issue of a validator, with its path and how many more there are', () => {
    const { error } = z
      .object({ title: z.string(), tags: z.array(z.object({ name: z.string() })) })
      .safeParse({ tags: [{}, {}] })
    expect(firstLine(`\n${error?.message}`)).toBe(
      'title: Invalid input: expected string, received undefined (+2 more)',
    )
    const nested = [{ path: ['tags', 1, 'name'], message: 'Required' }]
    expect(firstLine(JSON.stringify(nested))).toBe('tags[1].name: Required')
    const inside = { name: 'E', issues: [{ path: [], message: 'Not\n  an object' }] }
    expect(firstLine(JSON.stringify(inside))).toBe('Not an object')
    const pointer = { errors: [{ instancePath: '/title', message: 'must be string' }] }
    expect(firstLine(JSON.stringify(pointer))).toBe('/title: must be string')
  })

  test('leaves other JSON as it is', () => {
    for (const text of ['{"message":"busy","status":429}', '[1,2]', '[{"message":5}]', '[E1] no']) {
      expect(firstLine(text)).toBe(text)
    }
  })

  test('joins the lines of a list of issues that is cut or too long to read', () => {
    const issues = Array.from({ length: 200 }, () => ({ path: ['a'], message: 'Required' }))
    const text = JSON.stringify(issues, null, 2)
    expect(firstLine(text.slice(0, 500))).toMatch(/^\[ \{ "path": \[ "a" \], "message"/)
    expect(firstLine(text)).toMatch(/^\[ \{ "path": \[ "a" \], "message"/)
  })

  test('ends with what the first issue says, whatever that is, and the count', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 20 })
    const path = fc.array(fc.oneof(word, fc.nat()), { maxLength: 2 })
    const issues = fc.array(fc.record({ path, message: word }), { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(issues, (list) => {
        const said = list[0]?.message.replace(/\s+/g, ' ').trim() ?? ''
        fc.pre(said !== '' && JSON.stringify(list[0]).length < 250)
        const line = firstLine(JSON.stringify(list, null, 2))
        expect(line.endsWith(`${said} (+${list.length - 1} more)`)).toBe(true)
        expect(line).not.toMatch(/[\r\n]/)
      }),
    )
  })

  test('cuts what a long issue says, not the count', () => {
    const issue = { path: ['a'], message: 'x'.repeat(1_000) }
    const line = firstLine(JSON.stringify([issue, issue]))
    expect(line).toMatch(/^a: x+ \(\+1 more\)$/)
    expect(line).toHaveLength(300)
  })

  test('reads any JSON, whole or cut, without failing', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, end) => {
        expect(firstLine(text).length).toBeLessThanOrEqual(300)
        expect(firstLine(text.slice(0, end)).length).toBeLessThanOrEqual(300)
      }),
    )
  })

  test('is never longer than 300 characters, never breaks, and invents nothing where there are no issues', () => {
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
