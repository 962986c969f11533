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

function unpack(replies: readonly string[]): (RawFields | null)[] {
  const packed = new PackedReader(replies.length, 0).take(Buffer.from(replies.join('')))
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
