import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/format/use-format.ts'
import { useMirror } from '../../../lib/mirror.ts'
import { StatusBar } from '../../../ui/status-bar.tsx'
import { CoverageLine } from '../../mirror/coverage-line.tsx'
import { useRetention } from '../../mirror/use-retention.ts'
import { listsGone } from '../filter/read-filter.ts'
import classes from '../list/job-list.module.css'
import type { FoundView } from './found-pager.ts'

interface FoundStatusProps {
  environment: string
  view: FoundView
  filter: string
  /** How the list is ordered, in words. */
  order: string
  onRetry: () => void
}

/** Under the list: how many jobs were found, and what the answer covers. */
export function FoundStatus({ environment, view, filter, order, onRetry }: FoundStatusProps) {
  const { t } = useTranslation(['jobSearch', 'jobs'])
  const format = useFormat()
  const { coverage } = view
  const rows = useMirror(environment).data?.rows
  const gone = listsGone(filter)
  const days = useRetention(environment, gone)
  return (
    <StatusBar end={order}>
      <span className="tabular">
        {t('status.total', { count: view.total, value: format.count(view.total) })}
      </span>
      {filter === '' || gone || rows === undefined ? null : (
        <span className="tabular dim">{t('status.of', { value: format.count(rows) })}</span>
      )}
      {view.error === null ? null : (
        <span className={classes.failedPage} role="alert">
          {t('jobs:list.failedPage')}
          <UnstyledButton className={classes.again} onClick={onRetry}>
            {t('jobs:list.again')}
          </UnstyledButton>
        </span>
      )}
      {coverage === null ? null : (
        <span>
          <CoverageLine coverage={coverage} />
          {coverage.payloadText === 'all' ? null : (
            <> · {t(`status.payload.${coverage.payloadText}`)}</>
          )}
        </span>
      )}
      {days === undefined ? null : (
        <span className="tabular">
          {days === 0 ? t('status.keptNot') : t('status.kept', { count: days })}
        </span>
      )}
    </StatusBar>
  )
}
