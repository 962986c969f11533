import { useEffect } from 'react'
import { isDesktop } from '../../../lib/client/port.ts'

/**
 * Lets the browser ask before the page goes with what was typed. Not in the desktop app, where the same
 * would keep the window from closing without a word.
 */
export function useKeepPage(dirty: boolean): void {
  useEffect(() => {
    if (!dirty || isDesktop()) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty])
}
