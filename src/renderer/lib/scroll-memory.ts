import { type RefObject, useEffect } from 'react'

const most = 200
const positions = new Map<string, number>()

/** How far down a list was scrolled when it was last on screen, in pixels; 0 at first. */
export function scrollOf(list: string | undefined): number {
  return list === undefined ? 0 : (positions.get(list) ?? 0)
}

export function rememberScroll(list: string, top: number): void {
  positions.delete(list)
  positions.set(list, top)
  const oldest = positions.size > most ? positions.keys().next().value : undefined
  if (oldest !== undefined) positions.delete(oldest)
}

/** Notes how far down a list is scrolled, for as long as it is on screen. */
export function useRememberScroll(
  scroller: RefObject<HTMLElement | null>,
  list: string | undefined,
): void {
  useEffect(() => {
    const element = scroller.current
    if (element === null || list === undefined) return undefined
    const note = () => rememberScroll(list, element.scrollTop)
    element.addEventListener('scroll', note, { passive: true })
    return () => element.removeEventListener('scroll', note)
  }, [scroller, list])
}
