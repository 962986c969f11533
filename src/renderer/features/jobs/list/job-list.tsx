import { UnstyledButton } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { type Ref, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobState } from '#shared/domain/job-state.ts'
import { SparseTable, type SparseTableHandle } from '../../../ui/table/index.ts'
import classes from './job-list.module.css'
import type { JobListView, JobPager } from './job-pager.ts'
import type { ListedJob } from './loaded-rows.ts'
import { useJobColumns } from './use-job-columns.tsx'

interface JobListProps {
  /** Names the list among all there are. */
  name: string
  queue: string
  state: JobState
  pager: JobPager
  view: JobListView
  selected: string | null
  onRange: (start: number, end: number) => void
  onOpen: (job: ListedJob) => void
  onActiveChange: (job: ListedJob | null) => void
  onTop: () => void
  ref: Ref<SparseTableHandle>
}

const keyOf = (job: ListedJob) => job.id
const isGone = (job: ListedJob) => job.gone === true

/** The rows of a state, newest first, and a pill that says what came while one reads further down. */
export function JobList({ ref, ...props }: JobListProps) {
  const { pager, view, queue, state } = props
  const { t } = useTranslation('jobs')
  const columns = useJobColumns(state, view.longestId)
  const rowAt = useCallback((index: number) => pager.rowAt(index), [pager])
  const indexOf = useCallback((id: string) => pager.indexOf(id), [pager])
  const onAtTop = useCallback((atTop: boolean) => pager.setAtTop(atTop), [pager])
  return (
    <>
      <SparseTable
        ref={ref}
        label={t('list.label', { queue, state: t(`inState.${state}`, { count: 2 }) })}
        remembered={props.name}
        columns={columns}
        count={view.count}
        rowAt={rowAt}
        indexOf={indexOf}
        keyOf={keyOf}
        isDimmed={isGone}
        selected={props.selected}
        onOpen={props.onOpen}
        onActiveChange={props.onActiveChange}
        onRangeChange={props.onRange}
        onAtTopChange={onAtTop}
      />
      {view.pending === 0 ? null : (
        <UnstyledButton className={classes.pending} onClick={props.onTop}>
          <IconArrowUp size={14} stroke={2} aria-hidden />
          {t(view.pendingMore ? 'list.pendingMore' : 'list.pending', { count: view.pending })}
        </UnstyledButton>
      )}
    </>
  )
}
