import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useNow } from '../../../lib/clock.ts'
import { holdsAny, useMirror } from '../../../lib/mirror.ts'
import { EmptyState } from '../../../ui/states.tsx'
import { isOwnFault } from './own-fault.ts'
import { healthLooks } from './health-look.ts'
import { useHealthWords } from './use-health-words.ts'
import { useRemedies } from './use-remedies.ts'

/** The whole page of an environment that never answered: why, what helps, and what can be done. */
export function Unreachable({ environment }: { environment: Environment }) {
  const { t } = useTranslation(['connection', 'errors'])
  const now = useNow()
  const words = useHealthWords()
  const remedies = useRemedies(environment)
  const { address, name, health } = environment
  const mirror = useMirror(environment.id).data
  const { state, reason } = health
  const next = words.nextTry(health, now)
  return (
    <EmptyState
      icon={healthLooks[state].icon}
      title={
        state === 'refused' && isOwnFault(reason)
          ? t(`ownFault.${reason}`, { name })
          : t(`page.${state}`, { name })
      }
      page
      actions={
        <>
          {remedies.map(({ label, run }, index) => (
            <Button key={label} variant={index === 0 ? 'filled' : 'default'} onClick={run}>
              {label}
            </Button>
          ))}
          {mirror !== undefined && holdsAny(mirror) ? (
            <Button component={Link} to={`/e/${environment.id}/jobs`} variant="default">
              {t('toMirror')}
            </Button>
          ) : null}
          <Button component={Link} to={`/e/${environment.id}/audit`} variant="default">
            {t('toAudit')}
          </Button>
        </>
      }
    >
      <p className="mono">{address}</p>
      {reason === null || reason === 'disconnected' ? null : (
        <p>
          <strong>{t(`errors:reason.${reason}`)}</strong> {t(`remedy.${reason}`)}
        </p>
      )}
      <p>
        {next === null ? null : <span className="tabular">{t('again', { next })} </span>}
        {t('auditStays')}
      </p>
    </EmptyState>
  )
}
