import { useCallback, useEffect, useState } from 'react'
import { type Section, sections } from './sections.ts'

/** Which part of the form is in sight, and how to get to another. */
export function useSectionsInSight(scroller: HTMLElement | null) {
  const [current, setCurrent] = useState<Section>('general')
  const find = useCallback(
    (section: Section) =>
      scroller?.querySelector<HTMLElement>(`[data-section="${section}"]`) ?? null,
    [scroller],
  )

  useEffect(() => {
    if (scroller === null) return undefined
    const look = () => {
      const { scrollTop, clientHeight, scrollHeight } = scroller
      if (scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2) {
        setCurrent(sections.at(-1) ?? 'general')
        return
      }
      const passed = sections.filter((section) => {
        const found = find(section)
        return found !== null && found.offsetTop <= scrollTop + clientHeight / 3
      })
      setCurrent(passed.at(-1) ?? 'general')
    }
    scroller.addEventListener('scroll', look, { passive: true })
    return () => scroller.removeEventListener('scroll', look)
  }, [scroller, find])

  const go = useCallback(
    (section: Section) => {
      const found = find(section)
      found?.scrollIntoView({ block: 'start' })
      found?.querySelector('h3')?.focus({ preventScroll: true })
      setCurrent(section)
    },
    [find],
  )
  return { current, go }
}
