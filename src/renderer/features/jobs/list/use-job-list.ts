import { skipToken } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { orpc } from '../../../lib/client/index.ts'
import { useAway } from '../../../lib/environments.ts'
import { useLive } from '../../../lib/live.ts'
import type { QueueState } from '../listing.ts'
import { headSize, listName, pagerOf } from './pager-memory.ts'

/** How long the rows on screen stay the same before the console is told which they are. */
const settled = 300

/** The jobs of a queue in a state, as Redis lists them, and the live counts of the queue; null without one. */
export function useJobList(environment: string, listed: QueueState | null) {
  const queue = listed?.queue
  const state = listed?.state
  const address = useMemo(
    () => (queue === undefined || state === undefined ? null : { environment, queue, state }),
    [environment, queue, state],
  )
  const pager = useMemo(() => (address === null ? null : pagerOf(address)), [address])
  const view = useSyncExternalStore(pager?.subscribe ?? noSubscription, () => pager?.read() ?? null)
  const [onScreen, setOnScreen] = useState({ start: 0, end: 0 })
  const also = useMemo(() => {
    const ids = new Set<string>()
    for (let index = Math.max(headSize, onScreen.start); index < onScreen.end; index += 1) {
      const id = pager?.rowAt(index)?.id
      if (id !== undefined && ids.size < 200) {
        ids.add(id)
      }
    }
    return [...ids].toSorted()
  }, [pager, onScreen])

  const live = useLive(
    orpc.jobs.watch,
    address === null ? skipToken : { ...address, limit: headSize, also },
    { about: () => (address === null ? '' : listName(address)) },
  )

  useEffect(() => {
    pager?.resume()
    return () => pager?.stop()
  }, [pager])

  const away = useAway(environment)
  useEffect(() => {
    if (!away && pager !== null && pager.read().error !== null) pager.start()
  }, [pager, away])

  const update = live.data
  const loaded = view?.loaded ?? false
  useEffect(() => {
    if (update === undefined || pager === null) return
    if (loaded) pager.apply(update)
    // Redis answers, so what failed may work now.
    if (pager.read().error !== null) pager.start()
  }, [pager, update, loaded])

  const settling = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(settling.current), [])
  // Scrolling itself renders nothing here: only the rows on screen once they stay.
  const setRange = useCallback(
    (start: number, end: number) => {
      pager?.want(start, end)
      clearTimeout(settling.current)
      settling.current = setTimeout(() => setOnScreen({ start, end }), settled)
    },
    [pager],
  )

  return pager === null || view === null || address === null
    ? null
    : { name: listName(address), pager, view, live, setRange }
}

const noSubscription = () => () => undefined
