import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { JobState } from '#shared/domain/job-state.ts'
import { client, orpc } from '../../../lib/client/index.ts'
import { useAway } from '../../../lib/environments.ts'
import { useLive } from '../../../lib/live.ts'
import { JobPager } from './job-pager.ts'

interface ListAddress {
  environment: string
  queue: string
  state: JobState
}

const pageSize = 200
/** Newest jobs that each live update brings. */
const headSize = 50
/** How long the rows on screen stay the same before the console is told which they are. */
const settled = 300

/** The jobs of a queue in a state: rows for the table, and the live counts of the queue. */
export function useJobList({ environment, queue, state }: ListAddress) {
  const pager = useMemo(
    () =>
      new JobPager((cursor, signal) =>
        client.jobs.list(
          // The first page is small: it is what one waits for.
          { environment, queue, state, cursor, limit: cursor === undefined ? headSize : pageSize },
          { signal },
        ),
      ),
    [environment, queue, state],
  )
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
    {
      keepWhile: (previous, next) =>
        previous.environment === next.environment &&
        previous.queue === next.queue &&
        previous.state === next.state,
    },
  )

  useEffect(() => {
    pager.start()
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
