import { useQuery } from '@tanstack/react-query'
import { orpc } from '../../lib/client/index.ts'

/** How many days the mirror keeps jobs that are gone from Redis; undefined until it is known. */
export function useRetention(environment: string, enabled: boolean): number | undefined {
  const { data } = useQuery(
    orpc.mirror.settings.queryOptions({ input: { environment }, enabled, staleTime: 30_000 }),
  )
  return enabled ? data?.retentionDays : undefined
}
