import { IconEye, IconLock, IconLockOpen } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Lock } from '#shared/contract/connections.ts'
import { useNow } from '../../../lib/clock.ts'
import { formatCountdown } from '../../../lib/format/countdown.ts'
import classes from './lock-mark.module.css'

const icons = { locked: IconLock, unlocked: IconLockOpen, 'view-only': IconEye } as const

interface LockMarkProps {
  lock: Lock
  /** With its word, and while unlocked with the time that is left. */
  words?: boolean
}

/** The lock of an environment as an icon; one that never locks shows none. */
export function LockMark({ lock, words = false }: LockMarkProps) {
  const { t } = useTranslation('lock')
  if (lock.state === 'open') return words ? <span className="dim">{t('state.open')}</span> : null
  const Icon = icons[lock.state]
  const unlocked = lock.state === 'unlocked'
  return (
    <span className={classes.root} data-tone={unlocked ? 'warning' : 'neutral'}>
      {words ? (
        <Icon size={14} stroke={1.8} aria-hidden />
      ) : (
        <Icon size={14} stroke={1.8} role="img" aria-label={t(`state.${lock.state}`)} />
      )}
      {words ? t(`state.${lock.state}`) : null}
      {words && lock.until !== null ? <Left until={lock.until} /> : null}
    </span>
  )
}

function Left({ until }: { until: number }) {
  const now = useNow()
  return <span className="tabular">{formatCountdown(until - now)}</span>
}
