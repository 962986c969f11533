import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useMirrorChanges } from '../../../lib/mirror.ts'
import type { Sort } from '../listing.ts'
import { foundName, foundPagerOf } from './found-memory.ts'

/** Rows that are read are brought up to date this often at most, in milliseconds. */
const pace = 1_000

/** What a filter finds in the mirror, kept up to date while it is on screen; null without one. */
export function useFoundJobs(environment: string, listed: { filter: string; sort: Sort } | null) {
  const filter = listed?.filter
  const sort = listed?.sort
  const address = useMemo(
    () => (filter === undefined || sort === undefined ? null : { environment, filter, sort }),
    [environment, filter, sort],
  )
  const pager = useMemo(() => (address === null ? null : foundPagerOf(address)), [address])
  const view = useSyncExternalStore(pager?.subscribe ?? noSubscription, () => pager?.read() ?? null)
  useEffect(() => {
    pager?.start()
    return () => pager?.stop()
  }, [pager])
  useMirrorChanges(environment, pace, () => pager?.changed())
  const setRange = useCallback((start: number, end: number) => pager?.want(start, end), [pager])
  return pager === null || view === null || address === null
    ? null
    : { name: foundName(address), pager, view, setRange }
}

const noSubscription = () => () => undefined
