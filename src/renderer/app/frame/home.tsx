import { Navigate } from '@tanstack/react-router'
import { useCurrentEnvironment } from '../../lib/current-environment.ts'
import { useEnvironments } from '../../lib/environments.ts'
import { ErrorState } from '../../ui/states.tsx'
import { NoEnvironment } from './no-environment.tsx'
import { ScreenPending } from './screen-pending.tsx'

/** The start: the environment last looked at, or how to open one. */
export function Home() {
  const { data, error, retry } = useEnvironments()
  const environment = useCurrentEnvironment()
  if (environment !== undefined) {
    return <Navigate to="/e/$environment/queues" params={{ environment }} replace />
  }
  if (data !== undefined) return <NoEnvironment />
  if (error !== null) {
    return <ErrorState error={error} onRetry={retry} />
  }
  return <ScreenPending />
}
