import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { LogPage } from '#shared/contract/jobs.ts'
import { client, orpc } from '../../../lib/client/index.ts'
import type { JobAddress } from '../detail/use-job-detail.ts'
import { addPage, noLines, type LogLines } from './log-lines.ts'

const pageSize = 200
/** Between two tries to follow, in milliseconds. */
const pause = 2_000

/** The end of a job's log, more of it backwards on demand, and new lines while the job is active. */
export function useLogLines(address: JobAddress, active: boolean) {
  const { environment, queue, job } = address
  const [log, setLog] = useState<LogLines>(noLines)
  const [earlier, setEarlier] = useState<{ loading: boolean; error: unknown }>({
    loading: false,
    error: null,
  })
  const end = useRef(0)
  const add = useCallback((page: LogPage) => {
    setLog((known) => addPage(known, page))
    end.current = Math.max(end.current, page.start + page.lines.length)
  }, [])

  const last = useQuery({
    ...orpc.jobs.logs.queryOptions({ input: { ...address, start: -pageSize, limit: pageSize } }),
    staleTime: 0,
    gcTime: 0,
  })
  const { data } = last
  const [taken, setTaken] = useState<typeof data>(undefined)
  if (data !== undefined && data !== taken) {
    setTaken(data)
    setLog(addPage(log, data))
  }
  const loaded = data !== undefined

  useEffect(() => {
    if (data !== undefined) end.current = Math.max(end.current, data.start + data.lines.length)
  }, [data])

  // Not `useLive`: each event is a part of the log, and that hook keeps only the latest.
  useEffect(() => {
    if (!active || !loaded) return undefined
    const stop = new AbortController()
    void follow({ environment, queue, job }, () => end.current, add, stop.signal)
    return () => stop.abort()
  }, [active, loaded, environment, queue, job, add])

  const loadEarlier = async (): Promise<void> => {
    const start = Math.max(0, log.first - pageSize)
    setEarlier({ loading: true, error: null })
    try {
      const limit = log.first - start
      // Counted from the end: of a page that is too large, the lines next to those shown come first.
      const fromEnd = start - log.total
      add(await client.jobs.logs({ environment, queue, job, start: fromEnd, limit }))
      setEarlier({ loading: false, error: null })
    } catch (error) {
      setEarlier({ loading: false, error })
    }
  }

  return {
    log,
    loaded,
    error: last.error,
    retry: () => void last.refetch(),
    earlier: {
      ...earlier,
      /** Lines that one more page would bring. */
      count: Math.min(pageSize, log.first),
      load: () => void loadEarlier(),
    },
  }
}

/** Hands over new lines until the job is no longer active; starts again after a lost connection. */
async function follow(
  address: JobAddress,
  next: () => number,
  add: (page: LogPage) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const pages = await client.jobs.followLogs({ ...address, start: next() }, { signal })
      for await (const page of pages) add(page)
      return
    } catch {
      // Aborted, or the connection is away: the loop's condition tells which.
      await new Promise((resolve) => {
        setTimeout(resolve, pause)
      })
    }
  }
}
