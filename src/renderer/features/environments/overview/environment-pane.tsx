import { Button } from '@mantine/core'
import { IconLock, IconLockOpen } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useGoToEnvironment } from '../../../lib/places.ts'
import { DetailPane } from '../../../ui/detail-pane.tsx'
import { HealthWords } from '../connection/health-words.tsx'
import { useConnect } from '../connection/use-connect.ts'
import { useRemedies } from '../connection/use-remedies.ts'
import { KindMark } from '../kind-mark.tsx'
import { LockMark } from '../lock/lock-mark.tsx'
import { askToUnlock } from '../lock/unlocking.ts'
import { useLockNow } from '../lock/use-lock-now.ts'
import classes from './overview.module.css'
import { ConnectionFacts } from './connection-facts.tsx'
import { CostFacts } from './cost-facts.tsx'
import { ProfileFacts } from './profile-facts.tsx'
import { RightsFacts } from './rights-facts.tsx'

interface EnvironmentPaneProps {
  environment: Environment
  onClose: () => void
}

/** All there is to know of one environment: connection, rights, cost and how it is set up. */
export function EnvironmentPane({ environment, onClose }: EnvironmentPaneProps) {
  const { t } = useTranslation(['overview', 'connection', 'lock'])
  const go = useGoToEnvironment()
  const { disconnect } = useConnect()
  const remedies = useRemedies(environment)
  const { lockNow } = useLockNow()
  const { id, name, lock, health } = environment
  return (
    <DetailPane
      title={name}
      subtitle={
        <>
          <KindMark environment={environment} />
          <HealthWords health={health} />
          {lock.state === 'open' ? null : <LockMark lock={lock} words />}
        </>
      }
      onClose={onClose}
    >
      <div className={classes.paneActions}>
        <Button onClick={() => go(id)}>{t('open')}</Button>
        {lock.state === 'locked' ? (
          <Button
            variant="default"
            leftSection={<IconLockOpen size={14} aria-hidden />}
            onClick={() => askToUnlock(id)}
          >
            {t('lock:unlock')}
          </Button>
        ) : null}
        {lock.state === 'unlocked' ? (
          <Button
            variant="default"
            leftSection={<IconLock size={14} aria-hidden />}
            onClick={() => lockNow(id)}
          >
            {t('lock:lockNow')}
          </Button>
        ) : null}
        {remedies.map(({ label, run }) => (
          <Button key={label} variant="default" onClick={run}>
            {label}
          </Button>
        ))}
        {health.state === 'offline' ? null : (
          <Button variant="default" onClick={() => disconnect(id)}>
            {t('connection:disconnect')}
          </Button>
        )}
      </div>
      <ConnectionFacts environment={environment} />
      <RightsFacts environment={environment} />
      <CostFacts environment={environment} />
      <ProfileFacts environment={environment} />
    </DetailPane>
  )
}
