import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconRadar2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Discovery } from '#shared/contract/queues.ts'
import { useNow } from '../../lib/clock.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { Hint } from '../../ui/hint.tsx'
import { Progress } from '../../ui/progress.tsx'
import classes from './queues.module.css'

interface DiscoveryStatusProps {
  discovery: Discovery
  onRescan: () => void
}

/** How far the scan for queues is, or a button that starts one. */
export function DiscoveryStatus({ discovery, onRescan }: DiscoveryStatusProps) {
  const { t } = useTranslation('queues')
  const format = useFormat()
  const now = useNow()
  if (discovery.state === 'scanning') {
    const share = discovery.progress
    const label =
      share === null
        ? t('scanning')
        : t('scanningShare', { share: format.share(Math.floor(share * 100) / 100) })
    return (
      <span className={classes.scan} role="status">
        <span className={classes.scanBar}>
          <Progress share={share} label={t('scanning')} />
        </span>
        <span className="tabular">{label}</span>
      </span>
    )
  }
  const failed = discovery.state === 'failed'
  const last = discovery.finishedAt
  const hint = failed
    ? t('scanFailedHint')
    : last === null
      ? t('rescan')
      : `${t('rescan')}\n${t('scannedHint', { time: format.relative(last, now) })}`
  return (
    <span className={classes.scan}>
      {failed ? (
        <span className={classes.scanFailed} role="status">
          <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
          {t('scanFailed')}
        </span>
      ) : null}
      <Hint label={hint}>
        <ActionIcon variant="default" aria-label={t('rescan')} onClick={onRescan}>
          <IconRadar2 size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Hint>
    </span>
  )
}
