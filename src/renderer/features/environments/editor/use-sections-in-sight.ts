import { useCallback, useEffect, useRef, useState } from 'react'
import { type Section, sections } from './sections.ts'

/** Which part of the form is in sight, and how to get to another. */
export function useSectionsInSight(scroller: HTMLElement | null) {
  const [current, setCurrent] = useState<Section>('general')
  /** One that was asked for stays the current one, though it may be too near the end to come on top. */
  const asked = useRef(false)
  const find = useCallback(
    (section: Section) =>
      scroller?.querySelector<HTMLElement>(`[data-section="${section}"]`) ?? null,
    [scroller],
  )

  useEffect(() => {
    if (scroller === null) return undefined
    const look = () => {
      if (asked.current) return
      const { scrollTop, clientHeight, scrollHeight } = scroller
      const atEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2
      const passed = sections.filter((section) => {
        const found = find(section)
        return found !== null && (atEnd || found.offsetTop <= scrollTop + clientHeight / 3)
      })
      setCurrent(passed.at(-1) ?? 'general')
    }
    const byHand = () => {
      asked.current = false
    }
    const resized = new ResizeObserver(look)
    resized.observe(scroller)
    const until = new AbortController()
    const { signal } = until
    scroller.addEventListener('scroll', look, { passive: true, signal })
    for (const event of ['wheel', 'pointerdown', 'focusin', 'touchmove']) {
      scroller.addEventListener(event, byHand, { passive: true, signal })
    }
    return () => {
      until.abort()
      resized.disconnect()
    }
  }, [scroller, find])

  const go = useCallback(
    (section: Section) => {
      const found = find(section)
      found?.querySelector('h3')?.focus({ preventScroll: true })
      asked.current = true
      found?.scrollIntoView({ block: 'start' })
      setCurrent(section)
    },
    [find],
  )
  return { current, go }
}
