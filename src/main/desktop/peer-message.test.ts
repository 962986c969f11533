import * as fastCheck from 'fast-check'
import { expect, test } from 'vitest'
import { parsePeerMessage } from './peer-message.ts'

test.each([
  { i: '1', p: { u: '/about/get' } },
  { i: '1', p: { u: '/jobs/get', m: 'GET', h: { 'x-a': 'b' }, b: { json: {} } } },
  { i: '1', t: 3, p: { e: 'message', d: 1 } },
  { i: '1', t: 4 },
])('%j is a message', (message) => {
  expect(parsePeerMessage(JSON.stringify(message))).toEqual(message)
})

test.each([
  undefined,
  null,
  7,
  {},
  new Uint8Array([123, 125]),
  'garbage',
  'null',
  '[]',
  '{}',
  '{"i":1,"p":{"u":"/a"}}',
  '{"i":"1"}',
  '{"i":"1","p":{}}',
  '{"i":"1","p":{"u":"https://example.com/"}}',
  '{"i":"1","p":{"u":"/a","m":1}}',
  '{"i":"1","p":{"u":"/a","h":{"x":{}}}}',
  '{"i":"1","t":2,"p":{"u":"/a"}}',
  '{"i":"1","t":3,"p":{}}',
])('%j is none', (data) => {
  expect(parsePeerMessage(data)).toBeNull()
})

test('never throws, whatever a page sends', () => {
  fastCheck.assert(
    fastCheck.property(fastCheck.oneof(fastCheck.anything(), fastCheck.json()), (data) => {
      expect(() => parsePeerMessage(data)).not.toThrow()
    }),
  )
})
