import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { moved } from './order.ts'

const listed = (...ids: string[]) => ids.map((id) => ({ id, folder: null }))
const list = fc.uniqueArray(
  fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), folder: fc.constantFrom(null, 'a') }),
  { minLength: 1, selector: ({ id }) => id },
)

test('a move goes past the neighbour in the same folder', () => {
  expect(moved(listed('a', 'b', 'c'), 'b', -1)).toEqual(['b', 'a', 'c'])
  expect(moved(listed('a', 'b', 'c'), 'c', 1)).toBeNull()
  expect(moved(listed('a'), 'x', 1)).toBeNull()
  const mixed = [
    { id: 'a', folder: 'one' },
    { id: 'b', folder: 'two' },
    { id: 'c', folder: 'one' },
  ]
  expect(moved(mixed, 'a', 1)).toEqual(['b', 'c', 'a'])
  expect(moved(mixed, 'c', -1)).toEqual(['c', 'a', 'b'])
  expect(moved(mixed, 'b', -1)).toBeNull()
})

test('keeps every item once, and the order of the folder’s others', () => {
  fc.assert(
    fc.property(list, fc.nat(), fc.constantFrom(-1 as const, 1 as const), (items, at, by) => {
      const item = items[at % items.length]
      if (item === undefined) return
      const next = moved(items, item.id, by)
      if (next === null) return
      expect(next.toSorted()).toEqual(items.map(({ id }) => id).toSorted())
      const others = items.map(({ id }) => id).filter((id) => id !== item.id)
      expect(next.filter((id) => id !== item.id)).toEqual(others)
    }),
  )
})
