import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/format/use-format.ts'
import { stateToOpen, worstOf } from '../../queues/queue-order.ts'
import classes from './job-list.module.css'
import { useQueueList } from './queue-picker.tsx'

/** The queues that want to be looked at first: each listed by Redis itself, whatever the mirror has. */
export function QueueSuggestions({ environment }: { environment: string }) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const first = worstOf(useQueueList(environment).data?.queues ?? [], 6)
  if (first.length === 0) return null
  return (
    <div className={classes.suggestions}>
      <h3 className={classes.choose}>{t('queue.choose')}</h3>
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
  )
}
