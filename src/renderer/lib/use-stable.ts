import { useCallback, useLayoutEffect, useRef } from 'react'

/** A function that stays the same from render to render and does what that of the latest one does. */
export function useStable<Given extends unknown[], Result>(
  act: (...given: Given) => Result,
): (...given: Given) => Result {
  const latest = useRef(act)
  useLayoutEffect(() => {
    latest.current = act
  })
  return useCallback((...given: Given) => latest.current(...given), [])
}
