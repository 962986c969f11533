import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { unpackFields } from './unpack-fields.ts'

const replyText = (texts: readonly (string | null)[]): string =>
  `*${texts.length}\r\n${texts
    .map((text) => (text === null ? '$-1\r\n' : `$${Buffer.byteLength(text)}\r\n${text}\r\n`))
    .join('')}`

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '\r\n', '*1\r\n$-1\r\n', '-ERR', '0'),
)

test('fields are those that Redis sent, whatever stands in them', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.option(anyText), { maxLength: 5 })), (jobs) => {
      const bytes = Buffer.from(`..${jobs.map(replyText).join('')}`).subarray(2)
      expect(unpackFields(bytes)).toEqual(
        jobs.map((texts) => (texts.every((text) => text === null) ? null : texts)),
      )
    }),
  )
})

test('where Redis refused one there is no job', () => {
  const refused = '-WRONGTYPE Operation against a key holding the wrong kind of value\r\n'
  const bytes = Buffer.from(`${replyText(['a'])}${refused}${replyText(['b', null])}`)
  expect(unpackFields(bytes)).toEqual([['a'], null, ['b', null]])
})
