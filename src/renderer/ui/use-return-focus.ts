import { useEffect, useRef, useState } from 'react'

/**
 * Gives the focus back to what had it before, for a dialog that is mounted open. Where that is gone, or
 * goes while it has the focus (a button that no longer applies, a row that leaves), `fallback` gets it.
 */
export function useReturnFocus(fallback?: () => HTMLElement | null): void {
  const [before] = useState(() => document.activeElement)
  const latest = useRef(fallback)
  useEffect(() => {
    latest.current = fallback
  })
  useEffect(
    () => () => {
      setTimeout(() => returnFocus(before, () => latest.current?.() ?? null))
    },
    [before],
  )
}

function returnFocus(before: Element | null, fallback: () => HTMLElement | null): void {
  if (!(before instanceof HTMLElement) || before === document.body) return
  if (isUsable(before)) {
    before.focus({ preventScroll: true })
    whenLost(before, () => fallback()?.focus({ preventScroll: true }))
  } else if (hasNone()) {
    fallback()?.focus({ preventScroll: true })
  }
}

function isUsable(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled')
}

function hasNone(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

/** Calls back when the element leaves with the focus; not once the focus was moved or the page clicked. */
function whenLost(element: HTMLElement, lost: () => void): void {
  const observer = new MutationObserver(() => {
    if (isUsable(element)) return
    stop()
    if (hasNone()) lost()
  })
  const stop = () => {
    observer.disconnect()
    document.removeEventListener('focusin', stop)
    document.removeEventListener('pointerdown', stop)
  }
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled'],
  })
  document.addEventListener('focusin', stop)
  document.addEventListener('pointerdown', stop)
}
