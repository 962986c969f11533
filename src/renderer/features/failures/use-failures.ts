import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { orpc } from '../../lib/client/index.ts'
import { useMirrorChanges } from '../../lib/mirror.ts'
import { useErrorToast } from '../../ui/use-error-toast.tsx'
import type { Listing } from './search.ts'

/** How often what is on screen is asked for anew while the mirror changes, in milliseconds. */
const pace = 3_000
/** A window moves on also while nothing happens, and so does the time that the figures are true of. */
const slowly = 15_000

/** The groups of a window, kept fresh as the mirror changes; the last answer stays while the next is asked. */
export function useFailureList(environment: string, listing: Listing, limit: number) {
  const query = useQuery(
    orpc.failures.list.queryOptions({
      input: { environment, ...listing, limit },
      placeholderData: keepPreviousData,
      refetchInterval: slowly,
      retry: false,
    }),
  )
  useMirrorChanges(environment, pace, () => void query.refetch({ cancelRefetch: false }))
  return query
}

/** One group with its sample, kept fresh in the same way. */
export function useFailureGroup(environment: string, group: string, window: Listing['window']) {
  const query = useQuery(
    orpc.failures.get.queryOptions({
      input: { environment, group, window },
      refetchInterval: slowly,
      retry: false,
    }),
  )
  useMirrorChanges(environment, pace, () => void query.refetch({ cancelRefetch: false }))
  return query
}

/** Changes what is noted of groups; every list and pane then shows it. */
export function useFailureChanges() {
  const cache = useQueryClient()
  const onError = useErrorToast()
  const refresh = () => void cache.invalidateQueries({ queryKey: orpc.failures.key() })
  const options = { onError, onSettled: refresh }
  const { mutate: update, isPending: updating } = useMutation(
    orpc.failures.update.mutationOptions(options),
  )
  const { mutate: unmerge, isPending: unmerging } = useMutation(
    orpc.failures.unmerge.mutationOptions(options),
  )
  return { update, unmerge, busy: updating || unmerging }
}
