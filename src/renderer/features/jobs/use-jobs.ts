import { useMemo } from 'react'
import { useMirror } from '../../lib/mirror.ts'
import { useAway } from '../../lib/environments.ts'
import type { StateCounts } from '#shared/contract/queues.ts'
import { useFacet } from './facets/use-facets.ts'
import { useFoundJobs } from './found/use-found-jobs.ts'
import { keyOfJob } from './list/job-key.ts'
import type { JobSource } from './list/job-source.ts'
import { useJobList } from './list/use-job-list.ts'
import type { Listing } from './listing.ts'

/**
 * The jobs that are listed: a state of a queue as Redis lists it, each second, while Redis can be read;
 * anything else from the mirror. One of `redis` and `found` is there, the other null.
 */
export function useJobs(
  environment: string,
  { filter, sort, inRedis }: Listing,
  ofMirror: boolean,
) {
  const away = useAway(environment)
  const mirror = useMirror(environment).data
  const listed = useJobList(environment, ofMirror ? null : inRedis)
  // What Redis listed last is better than a mirror that has not read everything yet.
  const whole = mirror !== undefined && mirror.syncedAt !== null && mirror.backfill === null
  const usable = mirror !== undefined && mirror.state !== 'failed' && mirror.state !== 'off'
  const redis = away && usable && (whole || listed?.view.loaded !== true) ? null : listed
  const found = useFoundJobs(environment, redis === null ? { filter, sort } : null)
  const facet = useFacet(environment, filter, 'state', { all: false, enabled: redis === null })
  const values = facet.data?.facets[0]?.values
  const inFacet = useMemo(() => countsOf(values), [values])
  const counts: Partial<StateCounts> | undefined =
    redis === null ? inFacet : redis.live.data?.counts
  const source: JobSource = redis?.pager ?? found?.pager ?? nothing
  return {
    redis,
    found,
    source,
    counts,
    /** How the list names a job. */
    keyOf: ({ queue, job }: { queue: string; job: string }): string => {
      if (redis !== null) return job
      const key = keyOfJob({ queue, id: job, goneAt: null })
      return source.indexOf(key) === -1 && source.indexOf(`${key}\ngone`) !== -1
        ? `${key}\ngone`
        : key
    },
  }
}

export type Jobs = ReturnType<typeof useJobs>

const nothing: JobSource = {
  rowAt: () => null,
  indexOf: () => -1,
  setAtTop: () => undefined,
  markGone: () => undefined,
  start: () => undefined,
}

function countsOf(
  values: readonly { value: string; count: number }[] | undefined,
): Partial<StateCounts> | undefined {
  return values === undefined
    ? undefined
    : Object.fromEntries(values.map(({ value, count }) => [value, count]))
}
