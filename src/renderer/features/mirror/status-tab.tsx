import { IconDatabase } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MirrorQueue, MirrorStatus } from '#shared/contract/mirror.ts'
import { orpc } from '../../lib/client/index.ts'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states.tsx'
import { type Sort, VirtualTable } from '../../ui/table/index.ts'
import { FigureStrip } from './figure-strip.tsx'
import classes from './mirror.module.css'
import { useQueueColumns } from './use-queue-columns.tsx'
import { WorkList } from './work-list.tsx'

/** How often the queues are asked for while they are on screen, in milliseconds. */
const pace = 2_000
const keyOf = ({ queue }: MirrorQueue) => queue

interface StatusTabProps {
  environment: string
  status: MirrorStatus
  /** Null where it is not this console that keeps the mirror. */
  onRebuildQueue: ((queue: string) => void) | null
}

/** What the mirror holds, how far its work is, and the same for each queue. */
export function StatusTab({ environment, status, onRebuildQueue }: StatusTabProps) {
  const { t } = useTranslation('mirror')
  return (
    <>
      <FigureStrip status={status} />
      <WorkList status={status} />
      <p className={classes.aside}>{t('newQueues')}</p>
      <QueueTable
        environment={environment}
        usable={status.state !== 'failed'}
        onRebuild={onRebuildQueue}
      />
    </>
  )
}

interface QueueTableProps {
  environment: string
  /** Where it is not, the page says why above. */
  usable: boolean
  onRebuild: ((queue: string) => void) | null
}

function QueueTable({ environment, usable, onRebuild }: QueueTableProps) {
  const { t } = useTranslation('mirror')
  const columns = useQueueColumns(onRebuild)
  const [sort, setSort] = useState<Sort>({ column: 'rows', descending: true })
  const { data, error, isFetching, refetch } = useQuery(
    orpc.mirror.status.queryOptions({ input: { environment }, refetchInterval: pace }),
  )
  if (data === undefined) {
    if (error === null) return <LoadingRows rows={6} />
    return <ErrorState error={error} retrying={isFetching} onRetry={() => void refetch()} />
  }
  if (data.queues.length === 0) {
    if (!usable) return null
    return (
      <EmptyState icon={IconDatabase} title={t('noQueues')}>
        {t('noQueuesText')}
      </EmptyState>
    )
  }
  return (
    <VirtualTable
      label={t('queues')}
      columns={columns}
      rows={data.queues}
      rowKey={keyOf}
      sort={sort}
      onSortChange={setSort}
      remembered={`mirror of ${environment}`}
    />
  )
}
