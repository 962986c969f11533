import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowSlots } from './row-slots.ts'

const rows = (from: number, to: number, name: (index: number) => string = String) =>
  Array.from({ length: to - from }, (_, offset) => ({
    id: name(from + offset),
    index: from + offset,
  }))

describe('RowSlots', () => {
  it('keeps the element of a row that stays, and hands on that of one that left', () => {
    const slots = new RowSlots()
    const before = slots.assign(rows(0, 4))
    const after = slots.assign(rows(2, 6))
    expect(after.slice(0, 2)).toEqual(before.slice(2))
    expect(new Set(after.slice(2))).toEqual(new Set(before.slice(0, 2)))
  })

  it('gives a row that has come the element of the placeholder in its place', () => {
    const slots = new RowSlots()
    const before = slots.assign(rows(0, 5, (index) => `absent ${index}`))
    expect(slots.assign(rows(0, 5))).toEqual(before)
  })

  it('lets a row keep its element where it moves to another place', () => {
    const slots = new RowSlots()
    const [first] = slots.assign([{ id: 'a', index: 0 }])
    const moved = slots.assign([
      { id: 'new', index: 0 },
      { id: 'a', index: 1 },
    ])
    expect(moved[1]).toBe(first)
    expect(moved[0]).not.toBe(first)
  })

  it('leaves all elements in their order where every row is another', () => {
    const slots = new RowSlots()
    const before = slots.assign(rows(0, 20))
    expect(slots.assign(rows(500, 520))).toEqual(before)
  })

  it('never gives one element to two rows, nor makes more than were ever shown at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 30 })), { minLength: 1 }),
        (views) => {
          const slots = new RowSlots()
          const most = Math.max(...views.map(([, length]) => length))
          for (const [from, length] of views) {
            const given = slots.assign(rows(from, from + length))
            expect(new Set(given).size).toBe(length)
            expect(Math.max(...given)).toBeLessThan(most)
          }
        },
      ),
    )
  })
})
