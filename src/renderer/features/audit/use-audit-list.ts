import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { orpc } from '../../lib/client/index.ts'
import type { AuditSearch } from './search.ts'

const pageSize = 50
const refreshEvery = 5_000

/** Audit records of an environment, newest first, page by page; the first pages keep themselves fresh. */
export function useAuditList(
  environment: string,
  { queue, job }: Pick<AuditSearch, 'queue' | 'job'>,
) {
  const query = useInfiniteQuery(
    orpc.audit.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        environment,
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
        ...(queue === undefined ? {} : { queue }),
        ...(job === undefined ? {} : { job }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.cursor ?? undefined,
      refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 2 ? false : refreshEvery),
    }),
  )
  const records = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return { ...query, records, total: query.data?.pages[0]?.total ?? 0 }
}
