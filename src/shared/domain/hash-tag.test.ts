import { expect, test } from 'vitest'
import { hashTagOf, inSameSlot, sharesSlot } from './hash-tag.ts'

test.each([
  ['bull:orders', false],
  ['{bull}:orders', true],
  ['bull:{orders}', true],
  ['bull:{orders}-eu', true],
  ['eu:{bull}:orders', true],
  // The first brace counts, and nothing is in it.
  ['{}bull:{orders}', false],
  ['bull:orders}', false],
  ['bull:{orders', false],
  // Odd, but Redis reads it so: the tag is `bull:orders`.
  ['{bull:orders}', true],
])('the keys of queue %j share a slot: %j', (root, shared) => {
  expect(sharesSlot(root)).toBe(shared)
})

test.each([
  ['{user1000}.following', 'user1000'],
  ['foo{}{bar}', null],
  ['foo{{bar}}zap', '{bar'],
  ['foo{bar}{zap}', 'bar'],
  ['plain', null],
])("Redis' own example %j has the tag %j", (key, tag) => {
  expect(hashTagOf(key)).toBe(tag)
})

test.each([
  ['{bull}:orders:1', '{bull}:mail:7', true],
  ['bull:orders:1', 'bull:orders:1', true],
  ['bull:{orders}:1', 'bull:{mail}:1', false],
  ['bull:orders:1', 'bull:orders:2', false],
])('%j and %j are in one slot: %j', (one, other, same) => {
  expect(inSameSlot(one, other)).toBe(same)
})
