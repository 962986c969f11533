/**
 * Places of the rows of a list that may be longer than a browser can lay out: Firefox stops at about
 * 17.9 million pixels, Chromium at 33.5. Above `tallest` the list is scrolled at a larger scale, so
 * that the scrollbar still stands for all rows.
 */
export const tallest = 16_000_000

export interface LongScroll {
  /** Height to lay out, in pixels. */
  height: number
  /** First and last row in view. */
  first: number
  last: number
  /** How far down the list the view begins, in pixels of rows. */
  offset: number
  /** The scroll position that brings a row into view; null when it is in view already. */
  positionOf: (index: number) => number | null
}

interface LongScrollInput {
  count: number
  rowHeight: number
  /** Height of the visible part of the list. */
  viewport: number
  scrollTop: number
}

export function longScroll({ count, rowHeight, viewport, scrollTop }: LongScrollInput): LongScroll {
  const whole = count * rowHeight
  const height = Math.min(whole, tallest)
  const room = Math.max(0, height - viewport)
  const scale = whole > height && room > 0 ? (whole - viewport) / room : 1
  const offset = Math.min(scrollTop, room) * scale
  const first = Math.max(0, Math.floor(offset / rowHeight))
  const last = Math.min(count - 1, Math.ceil((offset + viewport) / rowHeight) - 1)
  return {
    height,
    first,
    last,
    offset,
    positionOf: (index) => {
      const top = index * rowHeight
      if (top < offset) {
        return top / scale
      }
      if (top + rowHeight > offset + viewport) {
        return Math.min(room, (top + rowHeight - viewport) / scale)
      }
      return null
    },
  }
}

/** Where a row is laid out: one out of view just beside it, or a browser would have to place it millions of pixels away. */
export const nearView = (index: number, { first, last }: Pick<LongScroll, 'first' | 'last'>) =>
  Math.min(Math.max(index, first - 1), last + 1)
