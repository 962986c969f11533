import { useQuery } from '@tanstack/react-query'
import { orpc } from '../../../lib/client/index.ts'
import { ErrorState, LoadingRows } from '../../../ui/states.tsx'
import { SettingsForm } from './settings-form.tsx'

/** What the mirror of an environment keeps of a job. */
export function SettingsTab({ environment }: { environment: string }) {
  const { data, error, isFetching, refetch } = useQuery(
    orpc.mirror.settings.queryOptions({ input: { environment } }),
  )
  if (data === undefined) {
    if (error === null) return <LoadingRows rows={8} />
    return <ErrorState error={error} retrying={isFetching} onRetry={() => void refetch()} />
  }
  return <SettingsForm environment={environment} saved={data} />
}
