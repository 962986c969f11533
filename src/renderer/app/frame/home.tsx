import { Navigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useCurrentEnvironment } from '../../lib/current-environment.ts'
import { useEnvironments } from '../../lib/environments.ts'
import { placeIn } from '../../lib/places.ts'
import { ErrorState } from '../../ui/states.tsx'
import { ScreenPending } from './screen-pending.tsx'

/** The start: where one was last, in the environment one was in; or how to get the first one. */
export function Home() {
  const { data, error, retry } = useEnvironments()
  const { history } = useRouter()
  const environment = useCurrentEnvironment()
  useEffect(() => {
    if (environment !== undefined) history.replace(placeIn(environment))
  }, [environment, history])
  if (environment !== undefined) return <ScreenPending />
  if (data !== undefined) return <Navigate to="/environments" replace />
  if (error !== null) return <ErrorState error={error} onRetry={retry} />
  return <ScreenPending />
}
