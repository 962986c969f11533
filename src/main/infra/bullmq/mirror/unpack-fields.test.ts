import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RawFields } from '#core/mirror/ports.ts'
import { PackedReader } from '../../redis/packed-replies.ts'
import { UnpackedFields } from './unpack-fields.ts'

const replyText = (texts: RawFields): string =>
  `*${texts.length}\r\n${texts
    .map((text) => (text === null ? '$-1\r\n' : `$${Buffer.byteLength(text)}\r\n${text}\r\n`))
    .join('')}`

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '\r\n', '*1\r\n$-1\r\n', '-ERR', '0'),
)

const unpack = (replies: readonly string[]) =>
  unpackBytes(Buffer.from(replies.join('')), replies.length)

function unpackBytes(bytes: Buffer, count: number): (RawFields | null)[] {
  const packed = new PackedReader(count, 0).take(bytes)
  if (packed === null) throw new Error('There is more to come')
  const fields = new UnpackedFields(packed)
  return Array.from({ length: fields.length }, (_, index) => fields.at(index))
}

test('fields are those that Redis sent, whatever stands in them', () => {
  const anyJobs = fc.array(fc.array(fc.option(anyText), { maxLength: 5 }), { minLength: 1 })
  fc.assert(
    fc.property(anyJobs, (jobs) => {
      expect(unpack(jobs.map(replyText))).toEqual(
        jobs.map((texts) => (texts.every((text) => text === null) ? null : texts)),
      )
    }),
  )
})

test('where Redis refused one there is no job', () => {
  const refused = '-WRONGTYPE Operation against a key holding the wrong kind of value\r\n'
  const replies = [replyText(['a']), refused, replyText(['b', null])]
  expect(unpack(replies)).toEqual([['a'], null, ['b', null]])
})

test.each([
  ['no UTF-8 at all', [0xff, 0xfe], '\ufffd\ufffd'],
  ['a character that is cut', [0x61, 0xe2, 0x82], 'a\ufffd'],
])('bytes that are %s are told so, and the fields after them are whole', (_, bytes, text) => {
  const own = Buffer.concat([
    Buffer.from(`*3\r\n$${bytes.length}\r\n`),
    Buffer.from(bytes),
    Buffer.from('\r\n$2\r\né\r\n$1\r\nb\r\n'),
  ])
  const after = Buffer.from(replyText(['next']))
  expect(unpackBytes(Buffer.concat([own, after]), 2)).toEqual([[text, 'é', 'b'], ['next']])
})

test('an array that is none is no job', () => {
  expect(unpack(['*-1\r\n', replyText(['next'])])).toEqual([null, ['next']])
})

test('a part that is cut has no end to look for', () => {
  const whole = Buffer.from(replyText(['a', 'b']))
  for (let end = 0; end < whole.length; end += 1) {
    const bytes = new Uint8Array(whole.subarray(0, end))
    const fields = new UnpackedFields({ bytes, starts: Uint32Array.of(0) })
    expect(fields.at(0)?.length ?? 0).toBeLessThanOrEqual(2)
  }
})
