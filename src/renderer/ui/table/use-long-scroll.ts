import { useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { rememberScroll, scrollOf } from '../../lib/scroll-memory.ts'
import { longScroll, type LongScroll } from './long-scroll.ts'
import { rowHeight } from './row-height.ts'

interface Scroller extends LongScroll {
  /** Of the scroller in pixels; 0 until it was measured. */
  width: number
  /** Height of the part in which rows are seen, in pixels. */
  viewport: number
  /** How far the scroller is scrolled, from 0 to 1. */
  share: number
  atTop: boolean
  /** To be given to the scroller as its `ref`. */
  setElement: (element: HTMLDivElement | null) => void
  element: HTMLDivElement | null
  /** Scrolls as little as it takes to bring a row into view. */
  scrollTo: (index: number) => void
}

/**
 * Follows a scroller's position and size.
 *
 * @param remembered names the list, so that coming back to it finds it scrolled as it was
 * @param header height of what stays in place at the top of the scroller, in pixels
 */
export function useLongScroll(count: number, header: number, remembered?: string): Scroller {
  const [element, setElement] = useState<HTMLDivElement | null>(null)
  const [place, setPlace] = useState({ scrollTop: scrollOf(remembered), height: 0, width: 0 })
  useLayoutEffect(() => {
    if (element === null) return undefined
    if (remembered !== undefined) element.scrollTo({ top: scrollOf(remembered) })
    const read = () => {
      if (remembered !== undefined) rememberScroll(remembered, element.scrollTop)
      setPlace((before) => {
        const { scrollTop, clientHeight: height, clientWidth: width } = element
        return before.scrollTop === scrollTop && before.height === height && before.width === width
          ? before
          : { scrollTop, height, width }
      })
    }
    // In the frame that scrolled, not in the one after it.
    const follow = () => flushSync(read)
    const observer = new ResizeObserver(read)
    observer.observe(element)
    element.addEventListener('scroll', follow, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', follow)
    }
  }, [element, remembered])

  const viewport = Math.max(0, place.height - header)
  const scroll = longScroll({ count, rowHeight, viewport, scrollTop: place.scrollTop })
  return {
    ...scroll,
    width: place.width,
    viewport,
    share: Math.min(1, place.scrollTop / Math.max(1, scroll.height - viewport)),
    atTop: place.scrollTop < rowHeight,
    setElement,
    element,
    scrollTo: (index) => {
      const top = scroll.positionOf(index)
      if (top !== null) element?.scrollTo({ top })
    },
  }
}
