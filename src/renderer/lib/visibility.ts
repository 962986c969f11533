import { useSyncExternalStore } from 'react'

const longEnough = 60_000

let hiddenForLong = false
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function set(value: boolean): void {
  if (value === hiddenForLong) return
  hiddenForLong = value
  for (const listener of listeners) listener()
}

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer)
    if (document.visibilityState === 'visible') set(false)
    else timer = setTimeout(() => set(true), longEnough)
  })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the window has been hidden for a minute: nobody watches, so nothing needs to be live. */
export function useHiddenForLong(): boolean {
  return useSyncExternalStore(subscribe, () => hiddenForLong)
}
