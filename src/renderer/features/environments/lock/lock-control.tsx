import { UnstyledButton } from '@mantine/core'
import { IconEye, IconLock, IconLockOpen } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useNow } from '../../../lib/clock.ts'
import { formatCountdown } from '../../../lib/format/countdown.ts'
import { Hint } from '../../../ui/hint.tsx'
import classes from './lock-control.module.css'
import { askToUnlock } from './unlocking.ts'
import { useLockNow } from './use-lock-now.ts'

/** From here on it is said, and read out, that it locks soon. */
const soon = 60_000

/** Whether one may act here, and the way to change that: unlock, or lock now with what time is left. */
export function LockControl({ environment }: { environment: Environment }) {
  const { t } = useTranslation('lock')
  const { lock, kind, id } = environment
  if (lock.state === 'unlocked') return <Unlocked environment={environment} />
  if (lock.state === 'locked') {
    return (
      <Hint label={t('lockedHint')} keys="L">
        <UnstyledButton
          className={classes.button}
          aria-label={t('lockedLabel')}
          onClick={() => askToUnlock(id)}
        >
          <IconLock size={14} stroke={1.8} aria-hidden />
          {t('state.locked')}
        </UnstyledButton>
      </Hint>
    )
  }
  if (lock.state === 'open' && kind === 'development') return null
  const viewOnly = lock.state === 'view-only'
  const Icon = viewOnly ? IconEye : IconLockOpen
  return (
    <Hint label={viewOnly ? t('viewOnlyHint') : t('openHint')}>
      <span className={classes.word}>
        <Icon size={14} stroke={1.8} aria-hidden />
        {t(`state.${lock.state}`)}
      </span>
    </Hint>
  )
}

function Unlocked({ environment }: { environment: Environment }) {
  const { t } = useTranslation('lock')
  const now = useNow()
  const { lockNow, locking } = useLockNow()
  const { until, by, reason } = environment.lock
  const left = until === null ? 0 : until - now
  const soonLocked = left <= soon
  return (
    <span className={classes.unlocked} data-tone={soonLocked ? 'danger' : 'warning'}>
      <Hint label={t('unlockedHint', { by: by ?? '?', reason: reason ?? '' })}>
        <span className={classes.countdown} role="timer">
          <IconLockOpen size={14} stroke={1.8} aria-hidden />
          {soonLocked ? t('locksIn') : t('state.unlocked')}
          <span className={classes.time}>{formatCountdown(left)}</span>
        </span>
      </Hint>
      <Hint label={t('lockNowHint')} keys="L">
        <UnstyledButton
          className={classes.lockNow}
          disabled={locking}
          onClick={() => lockNow(environment.id)}
        >
          {t('lockNow')}
        </UnstyledButton>
      </Hint>
      <span role="status" className={classes.spoken}>
        {soonLocked ? t('soonSpoken', { name: environment.name }) : ''}
      </span>
    </span>
  )
}
