import { IconListSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/format/use-format.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { EmptyState, ErrorState, LoadingRows } from '../../../ui/states.tsx'
import { stateToOpen, worstOf } from '../../queues/queue-order.ts'
import classes from './job-list.module.css'
import { QueuePicker, useQueueList } from './queue-picker.tsx'

interface ChooseQueueProps {
  environment: string
  onChoose: Parameters<typeof QueuePicker>[0]['onChoose']
}

/** The jobs page before a queue is chosen: the queues that want to be looked at first. */
export function ChooseQueue({ environment, onChoose }: ChooseQueueProps) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const { data, error, refetch, isFetching } = useQueueList(environment)
  const first = worstOf(data?.queues ?? [], 6)
  return (
    <>
      <PageHeader
        title={t('title')}
        filters={<QueuePicker environment={environment} queue={null} onChoose={onChoose} />}
      />
      {data === undefined ? (
        error === null ? (
          <LoadingRows />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} retrying={isFetching} />
        )
      ) : (
        <EmptyState
          icon={IconListSearch}
          title={t('queue.choose')}
          actions={
            <Link to="/e/$environment/queues" params={{ environment }}>
              {t('queue.toQueues')}
            </Link>
          }
        >
          {first.length === 0 ? t('queue.chooseNone') : t('queue.chooseText')}
          <div className={classes.suggestions}>
            {first.map((queue) => (
              <Link
                key={queue.name}
                to="/e/$environment/jobs"
                params={{ environment }}
                search={{ queue: queue.name, state: stateToOpen(queue.counts) }}
                className={classes.suggestion}
              >
                <span className={classes.optionName}>{queue.name}</span>
                {queue.counts.failed === 0 ? null : (
                  <span className={classes.optionFailed}>
                    {t('queue.failed', {
                      value: format.count(queue.counts.failed),
                      count: queue.counts.failed,
                    })}
                  </span>
                )}
              </Link>
            ))}
          </div>
        </EmptyState>
      )}
    </>
  )
}
