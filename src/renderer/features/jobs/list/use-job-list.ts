import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { JobState } from '#shared/domain/job-state.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useAway } from '../../../lib/environments.ts'
import { useLive } from '../../../lib/live.ts'
import { headSize, listName, pagerOf } from './pager-memory.ts'

interface ListAddress {
  environment: string
  queue: string
  state: JobState
}

/** How long the rows on screen stay the same before the console is told which they are. */
const settled = 300

/** The jobs of a queue in a state: rows for the table, and the live counts of the queue. */
export function useJobList({ environment, queue, state }: ListAddress) {
  const pager = useMemo(() => pagerOf({ environment, queue, state }), [environment, queue, state])
  const view = useSyncExternalStore(pager.subscribe, pager.read)
  const [onScreen, setOnScreen] = useState({ start: 0, end: 0 })
  const also = useMemo(() => {
    const ids = new Set<string>()
    for (let index = Math.max(headSize, onScreen.start); index < onScreen.end; index += 1) {
      const id = pager.rowAt(index)?.id
      if (id !== undefined && ids.size < 200) {
        ids.add(id)
      }
    }
    return [...ids].toSorted()
  }, [pager, onScreen])

  const live = useLive(
    orpc.jobs.watch,
    { environment, queue, state, limit: headSize, also },
    { about: () => listName({ environment, queue, state }) },
  )

  useEffect(() => {
    pager.resume()
    return () => pager.stop()
  }, [pager])

  const away = useAway(environment)
  useEffect(() => {
    if (!away && pager.read().error !== null) pager.start()
  }, [pager, away])

  const update = live.data
  useEffect(() => {
    if (update === undefined) return
    if (view.loaded) pager.apply(update)
    // Redis answers, so what failed may work now.
    if (pager.read().error !== null) pager.start()
  }, [pager, update, view.loaded])

  const settling = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(settling.current), [])
  // Scrolling itself renders nothing here: only the rows on screen once they stay.
  const setRange = useCallback(
    (start: number, end: number) => {
      pager.want(start, end)
      clearTimeout(settling.current)
      settling.current = setTimeout(() => setOnScreen({ start, end }), settled)
    },
    [pager],
  )

  return { pager, view, live, away, setRange }
}
