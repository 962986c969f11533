import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostBytes, PackedReader, type PackedReplies, RepliesTooLarge } from './packed-replies.ts'

type Reply = (string | null)[] | Error

const replyText = (reply: Reply): string =>
  reply instanceof Error
    ? `-${reply.message}\r\n`
    : `*${reply.length}\r\n${reply
        .map((text) => (text === null ? '$-1\r\n' : `$${Buffer.byteLength(text)}\r\n${text}\r\n`))
        .join('')}`

const texts = fc.array(fc.option(fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 5 })
const replies = fc.array(
  fc.oneof(
    texts,
    fc.constantFrom('WRONGTYPE no', 'ERR what').map((told) => new Error(told)),
  ),
  { minLength: 1, maxLength: 8 },
)

function read(bytes: Buffer, count: number, size: number): PackedReplies | null {
  const reader = new PackedReader(count, 0)
  for (let start = 0; start < bytes.length; start += size) {
    const found = reader.take(bytes.subarray(start, start + size))
    if (found !== null) return found
  }
  return null
}

test('replies are whole, and described, wherever the network cuts them', () => {
  fc.assert(
    fc.property(replies, fc.integer({ min: 1, max: 40 }), (given, size) => {
      const bytes = Buffer.from(given.map(replyText).join(''))
      const found = read(bytes, given.length, size)
      expect(Buffer.from(found?.bytes ?? [])).toEqual(bytes)
      const sizes = given.map((reply) => Buffer.byteLength(replyText(reply)))
      expect([...(found?.starts ?? [])]).toEqual(
        sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0)),
      )
      const held = given.map((reply) =>
        reply instanceof Error ? [] : reply.filter((text) => text !== null),
      )
      expect(found?.empty).toEqual(held.flatMap((own, at) => (own.length === 0 ? [at] : [])))
      expect(found?.longest).toBe(
        Math.max(0, ...held.flat().map((text) => Buffer.byteLength(text))),
      )
      expect(found?.refused).toEqual(given.filter((reply) => reply instanceof Error))
    }),
  )
})

test('goes on until all are there, in as much memory as they need', () => {
  const text = 'x'.repeat(40_000)
  const whole = Buffer.from(replyText([text]).repeat(5))
  expect(read(whole, 5, 1000)?.bytes.length).toBe(whole.length)
  expect(read(whole, 6, 1000)).toBeNull()
})

test('takes nothing else for an array of texts', () => {
  for (const text of ['+OK\r\n', '*1\r\n:1\r\n', '$1\r\na\r\n']) {
    expect(() => read(Buffer.from(text), 1, 100)).toThrow('no array of texts')
  }
})

test('holds no more than it should, and says so before it comes', () => {
  const before = replyText(['x'])
  expect(() => read(Buffer.from(`${before}*2\r\n$1\r\nx\r\n$${mostBytes}\r\n`), 2, 100)).toThrow(
    RepliesTooLarge,
  )
  const reader = new PackedReader(1, 0)
  const chunk = Buffer.alloc(mostBytes / 4, 'x')
  expect(reader.take(Buffer.from('-'))).toBeNull()
  for (let chunks = 0; chunks < 3; chunks += 1) expect(reader.take(chunk)).toBeNull()
  expect(() => reader.take(chunk)).toThrow(RepliesTooLarge)
})
