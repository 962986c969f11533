import { skipToken, useQuery } from '@tanstack/react-query'
import type { MirrorJob } from '#shared/contract/job-search.ts'
import { literalPattern } from '#shared/domain/filter/pattern.ts'
import { orpc } from '../../../lib/client/index.ts'
import { joined, textOf } from '../filter/read-filter.ts'
import { zone } from '../filter/zone.ts'
import type { ListedJob } from '../list/loaded-rows.ts'
import type { JobAddress } from './use-job-detail.ts'

/** What the mirror has of a job: of its row in the list, else asked for where `wanted`. */
export function useKeptJob(
  { environment, queue, job }: JobAddress,
  row: ListedJob | null,
  wanted: boolean,
): MirrorJob | null {
  const known = row !== null && isOfMirror(row)
  const filter = joined(
    textOf({ field: 'queue', values: [literalPattern(queue)] }),
    textOf({ field: 'id', values: [literalPattern(job)] }),
    'with:gone',
  )
  const { data } = useQuery(
    orpc.jobs.search.queryOptions({
      input: wanted && !known ? { environment, filter, zone, limit: 1, count: 'none' } : skipToken,
      staleTime: 5_000,
      retry: false,
    }),
  )
  return known ? row : (data?.items[0] ?? null)
}

function isOfMirror(row: ListedJob): row is ListedJob & MirrorJob {
  return row.seenAt !== undefined
}
