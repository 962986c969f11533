import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ConsoleError } from '#shared/errors.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

const id = fc.string({ minLength: 1, maxLength: 100, unit: 'binary' })

test('a place in a sorted state survives the round trip', () => {
  const score = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  fc.assert(
    fc.property(score, id, (score, id) => {
      const position = { kind: 'set', score: String(score), id } as const
      expect(decodeCursor(encodeCursor(position), 'failed')).toEqual(position)
    }),
  )
})

test('a place in the line survives the round trip', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1 }), fc.nat(), id, (part, index, id) => {
      const position = { kind: 'list', part, index, id } as const
      expect(decodeCursor(encodeCursor(position), 'waiting')).toEqual(position)
    }),
  )
})

test('a cursor is text that needs no escaping in a URL', () => {
  expect(encodeCursor({ kind: 'set', score: '1', id: 'é/+=?&' })).toMatch(/^[\w-]+$/)
})

test('a cursor of a list of another kind is refused', () => {
  const cursor = encodeCursor({ kind: 'list', part: 0, index: 3, id: 'a' })
  expect(() => decodeCursor(cursor, 'failed')).toThrow(
    expect.objectContaining({ code: 'CURSOR_INVALID' }),
  )
})

test.each([
  '',
  'x',
  '!!!',
  Buffer.from('null').toString('base64url'),
  Buffer.from('{"kind":"set"}').toString('base64url'),
  Buffer.from('["s","(5","a"]').toString('base64url'),
  Buffer.from('["s","1.2.3","a"]').toString('base64url'),
  Buffer.from('["s",5,"a"]').toString('base64url'),
  Buffer.from('["s","5","a","b"]').toString('base64url'),
])('%j is no cursor', (cursor) => {
  expect(() => decodeCursor(cursor, 'failed')).toThrow(
    expect.objectContaining({ code: 'CURSOR_INVALID' }),
  )
})

const codeOf = (cursor: string): unknown => {
  try {
    return decodeCursor(cursor, 'waiting') && 'decoded'
  } catch (error) {
    return error instanceof ConsoleError ? error.code : error
  }
}

test('whatever comes, only CURSOR_INVALID is thrown', () => {
  fc.assert(
    fc.property(fc.string(), fc.json(), (text, json) => {
      const cursors = [text, Buffer.from(json).toString('base64url')]
      for (const cursor of cursors) expect(['decoded', 'CURSOR_INVALID']).toContain(codeOf(cursor))
    }),
  )
})
