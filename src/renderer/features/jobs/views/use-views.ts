import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { View } from '#shared/contract/views.ts'
import { orpc } from '../../../lib/client/index.ts'

const none: View[] = []

/** Saved views for this environment: its own and those for all. */
export function useViews(environment: string | undefined): readonly View[] {
  const { data } = useQuery(orpc.views.list.queryOptions({ staleTime: 30_000 }))
  return (data ?? none).filter(
    (view) => view.environment === null || view.environment === environment,
  )
}

/** Saving, changing and forgetting views; the list is read again after each. */
export function useViewChanges() {
  const cache = useQueryClient()
  const onSuccess = async () => cache.invalidateQueries({ queryKey: orpc.views.key() })
  return {
    create: useMutation(orpc.views.create.mutationOptions({ onSuccess })),
    update: useMutation(orpc.views.update.mutationOptions({ onSuccess })),
    remove: useMutation(orpc.views.remove.mutationOptions({ onSuccess })),
  }
}
