import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { JobRow } from '#shared/contract/jobs.ts'
import { orpc } from '../../../lib/client/index.ts'
import { hasCode } from '../../../lib/errors/has-code.ts'

export interface JobAddress {
  environment: string
  queue: string
  job: string
}

/** How often an open job is read again, in milliseconds: one that runs changes, one that ended hardly does. */
const interval = { moving: 2_000, ended: 15_000 }

/**
 * An open job, kept up to date: read again at an interval, and at once when its row in the list
 * changes. When the job vanishes, what was known of it stays.
 */
export function useJobDetail(address: JobAddress, row: JobRow | null) {
  const query = useQuery(
    orpc.jobs.get.queryOptions({
      input: address,
      staleTime: 1_000,
      refetchInterval: ({ state }) => {
        if (isGone(state.error)) return false
        const ended = state.data?.state === 'failed' || state.data?.state === 'completed'
        return ended ? interval.ended : interval.moving
      },
    }),
  )
  const { refetch } = query
  const sign =
    row === null ? '' : [row.state, row.attemptsMade, row.finishedAt, row.progress].join(' ')
  const seen = useRef(sign)
  useEffect(() => {
    if (sign !== seen.current) {
      seen.current = sign
      void refetch()
    }
  }, [sign, refetch])

  return {
    job: query.data,
    /** When `job` was last true; null while it still is. */
    goneSince: isGone(query.error) && query.data !== undefined ? query.dataUpdatedAt : null,
    /** The console just said that there is no such job. */
    gone: isGone(query.error),
    error: query.error,
    fetching: query.isFetching,
    refetch: () => void refetch(),
  }
}

const isGone = (error: unknown): boolean => hasCode(error, 'JOB_NOT_FOUND', 'QUEUE_NOT_FOUND')
