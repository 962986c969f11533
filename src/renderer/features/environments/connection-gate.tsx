import { Button } from '@mantine/core'
import { IconLoader2, IconLockX, IconPlugConnectedX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isReadable, type Health } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { useNow } from '../../lib/clock.ts'
import { useVitals } from '../../lib/environments.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { NoticeBar } from '../../ui/notice-bar.tsx'
import { EmptyState } from '../../ui/states.tsx'

interface ConnectionGateProps {
  environment: Environment
  children: ReactNode
}

/**
 * Around every page that needs Redis. One that never answered has nothing to show but why; one that
 * went away leaves what was there, under a banner.
 */
export function ConnectionGate({ environment, children }: ConnectionGateProps) {
  const { data } = useVitals(environment.id)
  const health = data?.health ?? environment.health
  if (health.lastAnswerAt === null && !isReadable(health)) {
    return <Unreachable environment={environment} health={health} />
  }
  return (
    <>
      {isReadable(health) || health.state === 'connecting' ? null : <Lost health={health} />}
      {children}
    </>
  )
}

function Unreachable({ environment, health }: { environment: Environment; health: Health }) {
  const { t } = useTranslation(['environments', 'errors'])
  const { address } = environment
  if (health.state === 'connecting') {
    return <EmptyState icon={IconLoader2} title={t('connectingTo', { address })} page />
  }
  const refused = health.state === 'refused'
  return (
    <EmptyState
      icon={refused ? IconLockX : IconPlugConnectedX}
      title={t(refused ? 'refused' : 'unreachable', { address })}
      page
      actions={
        <Button component={Link} to={`/e/${environment.id}/audit`} variant="default">
          {t('toAudit')}
        </Button>
      }
    >
      <p>
        {health.reason === null ? null : <strong>{t(`errors:reason.${health.reason}`)} </strong>}
        {refused ? t('refusedText') : t('unreachableText')}
      </p>
      <p>
        <NextTry at={health.nextTryAt} /> {t('auditStays')}
      </p>
    </EmptyState>
  )
}

function Lost({ health }: { health: Health }) {
  const { t } = useTranslation(['environments', 'connection'])
  const format = useFormat()
  const now = useNow()
  const reason = t(`connection:reason.${health.reason ?? 'unknown'}`)
  return (
    <div role="status">
      <NoticeBar
        tone="warning"
        icon={IconPlugConnectedX}
        strong={`${t('connection:because', { state: t('lost'), reason })}.`}
      >
        {t('lostSince', { time: format.clock(health.lastAnswerAt ?? health.since, now) })}
      </NoticeBar>
    </div>
  )
}

function NextTry({ at }: { at: number | null }) {
  const { t } = useTranslation('connection')
  const now = useNow()
  if (at === null) return null
  const seconds = Math.ceil((at - now) / 1000)
  return <>{seconds > 0 ? t('nextTry', { seconds }) : t('trying')}</>
}
