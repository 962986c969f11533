import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JobState } from '#shared/domain/job-state.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { Progress } from '../../../ui/progress.tsx'
import { StatusBar } from '../../../ui/status-bar.tsx'
import type { JobListView } from './job-pager.ts'
import classes from './job-list.module.css'

interface ListStatusProps {
  view: JobListView
  state: JobState
  onRetry: () => void
}

/** Lists that are not newest first. */
const orders: Partial<Record<JobState, 'list.orderDelayed' | 'list.orderPrioritized'>> = {
  delayed: 'list.orderDelayed',
  prioritized: 'list.orderPrioritized',
}

/** Under the list: how many jobs there are, and how far a long way down has been read. */
export function ListStatus({ view, state, onRetry }: ListStatusProps) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  return (
    <StatusBar end={t(orders[state] ?? 'list.order')}>
      <span className="tabular">
        {t('list.total', {
          total: format.count(view.total),
          state: t(`inState.${state}`, { count: view.total }),
        })}
      </span>
      {view.error === null ? null : (
        <span className={classes.failedPage} role="alert">
          {t('list.failedPage')}
          <UnstyledButton className={classes.again} onClick={onRetry}>
            {t('list.again')}
          </UnstyledButton>
        </span>
      )}
      {view.reaching === null || view.error !== null ? null : (
        <span className={classes.reaching} role="status">
          <span className={classes.reachingBar}>
            <Progress
              share={view.reaching / Math.max(1, view.until)}
              label={t('list.reachingLabel')}
            />
          </span>
          <span className="tabular">
            {t('list.reaching', {
              done: format.count(view.reaching),
              total: format.count(view.until),
            })}
          </span>
        </span>
      )}
    </StatusBar>
  )
}
