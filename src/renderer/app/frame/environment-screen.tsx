import { Outlet, useMatches, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ConnectionGate } from '../../features/environments/connection/connection-gate.tsx'
import { useEnvironments } from '../../lib/environments.ts'
import { ErrorState } from '../../ui/states.tsx'
import { Nowhere } from './not-found.tsx'
import { ScreenPending } from './screen-pending.tsx'

/** Around the pages of one environment: all but the audit need it to exist, and its Redis or its mirror. */
export function EnvironmentScreen() {
  const { t } = useTranslation('frame')
  const { environment: id } = useParams({ from: '/e/$environment' })
  const reads = useMatches({ select: (matches) => matches.at(-1)?.staticData.reads })
  const { data, error, retry } = useEnvironments()
  if (data === undefined) {
    if (error === null) return <ScreenPending />
    return <ErrorState error={error} onRetry={retry} />
  }
  // What was done to an environment stays on record when it is deleted.
  if (reads === 'audit') return <Outlet />
  const environment = data.find((candidate) => candidate.id === id)
  if (environment === undefined) {
    return (
      <Nowhere title={t('notFoundEnvironment')}>
        {t('notFoundEnvironmentText', { environment: id })}
      </Nowhere>
    )
  }
  return (
    <ConnectionGate environment={environment} reads={reads} key={environment.id}>
      <Outlet />
    </ConnectionGate>
  )
}
