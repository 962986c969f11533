import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longScroll, nearView, tallest } from './long-scroll.ts'

const rowHeight = 32

describe('longScroll', () => {
  it('is a plain list while it fits', () => {
    const scroll = longScroll({ count: 1_000, rowHeight, viewport: 320, scrollTop: 64 })
    expect(scroll).toMatchObject({ height: 32_000, first: 2, last: 11, offset: 64 })
  })

  it('reaches first and last row of any list within a height that browsers lay out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000_000 }),
        fc.integer({ min: 100, max: 2_000 }),
        (count, viewport) => {
          const top = longScroll({ count, rowHeight, viewport, scrollTop: 0 })
          expect(top.height).toBeLessThanOrEqual(tallest)
          expect(top.first).toBe(0)
          const end = longScroll({ count, rowHeight, viewport, scrollTop: top.height - viewport })
          expect(end.last).toBe(count - 1)
        },
      ),
    )
  })

  it('brings any row into view', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 5_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, from, to) => {
          const viewport = 700
          const input = { count, rowHeight, viewport }
          const start = longScroll({ ...input, scrollTop: 0 })
          const index = Math.floor(to * (count - 1))
          const scrollTop = from * Math.max(0, start.height - viewport)
          const position = longScroll({ ...input, scrollTop }).positionOf(index)
          const after = longScroll({ ...input, scrollTop: position ?? scrollTop })
          const place = index * rowHeight - after.offset
          expect(place).toBeGreaterThanOrEqual(-0.01)
          expect(place + rowHeight).toBeLessThanOrEqual(viewport + 0.01)
        },
      ),
    )
  })
})

it('a row out of view is laid out just beside it, others in their place', () => {
  const { first, last } = longScroll({
    count: 1_000_000,
    rowHeight,
    viewport: 320,
    scrollTop: 8_000_000,
  })
  expect(first).toBeGreaterThan(400_000)
  expect([0, first - 2, 999_999].map((index) => nearView(index, { first, last }))).toEqual([
    first - 1,
    first - 1,
    last + 1,
  ])
  for (let index = first - 1; index <= last + 1; index += 1) {
    expect(nearView(index, { first, last })).toBe(index)
  }
})
