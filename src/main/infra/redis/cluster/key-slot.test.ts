import * as fc from 'fast-check'
import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { inSameSlot, sharesSlot } from '#shared/domain/hash-tag.ts'
import { slotOf } from './key-slot.ts'

test.each([
  ['123456789', 0x31c3],
  ['', 0],
  ['{user1000}.following', slotOf('user1000')],
  ['foo{}{bar}', 8363],
  ['{}x}', slotOf(Buffer.from('{}x}'))],
])('the slot of %j is %i', (key, slot) => {
  expect(slotOf(key)).toBe(slot)
})

const text = fc.string({ unit: fc.constantFrom('a', 'b', '{', '}', ':', 'é', '😀') })

test('text and its bytes have one slot', () => {
  fc.assert(
    fc.property(text, (key) => {
      expect(slotOf(Buffer.from(key))).toBe(slotOf(key))
    }),
  )
})

test('a queue that shares a slot has every key in it, whatever is in the rest of the key', () => {
  fc.assert(
    fc.property(text, text, text, text, (prefix, queue, one, other) => {
      fc.pre(sharesSlot(`${prefix}:${queue}`))
      expect(slotOf(`${prefix}:${queue}:${one}`)).toBe(slotOf(`${prefix}:${queue}:${other}`))
    }),
  )
})

test('one that does not has its keys in more than one', () => {
  fc.assert(
    fc.property(text, text, (prefix, queue) => {
      fc.pre(!sharesSlot(`${prefix}:${queue}`))
      const suffixes = ['wait', 'active', 'meta', 'id', '1', '2', 'failed', 'completed']
      const slots = suffixes.map((suffix) => slotOf(`${prefix}:${queue}:${suffix}`))
      expect(new Set(slots).size).toBeGreaterThan(1)
    }),
  )
})

test('two keys said to be in one slot are', () => {
  const open = fc.string({ unit: fc.constantFrom('a', 'b', '}', ':', 'é') })
  fc.assert(
    fc.property(open, open, text, text, text, (before, other, tag, behind, end) => {
      const [one, two] = [`${before}{${tag}}${behind}`, `${other}{${tag}}${end}`]
      expect(slotOf(one) === slotOf(two) || !inSameSlot(one, two)).toBe(true)
    }),
  )
  expect(inSameSlot('a{x}', '{x}b')).toBe(true)
})
