import { Button } from '@mantine/core'
import { IconFilterOff, IconPlus, IconRadar2, IconStack2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Discovery } from '#shared/contract/queues.ts'
import { useEnvironment } from '../../lib/environments.ts'
import { EmptyState } from '../../ui/states.tsx'

interface NoQueuesProps {
  environment: string
  /** Queues there are, before filtering. */
  total: number
  discovery: Discovery
  onAdd: () => void
  onRescan: () => void
  onShowAll: () => void
}

/** Why no queue is listed, and what to do about it. */
export function NoQueues(props: NoQueuesProps) {
  const { t } = useTranslation('queues')
  const prefix = useEnvironment(props.environment)?.prefixes.join(', ') ?? 'bull'
  if (props.total > 0) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('emptyFilter')}
        actions={
          <Button variant="default" onClick={props.onShowAll}>
            {t('showAll')}
          </Button>
        }
      >
        {t('emptyFilterText', { count: props.total })}
      </EmptyState>
    )
  }
  if (props.discovery.state === 'scanning') {
    return (
      <EmptyState icon={IconRadar2} title={t('emptyScanning')}>
        {t('emptyScanningText')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={IconStack2}
      title={t('empty')}
      actions={
        <>
          <Button variant="default" onClick={props.onRescan}>
            {t('rescan')}
          </Button>
          <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={props.onAdd}>
            {t('add')}
          </Button>
        </>
      }
    >
      {t('emptyText', { prefix })}
    </EmptyState>
  )
}
