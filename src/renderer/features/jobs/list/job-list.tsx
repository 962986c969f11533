import { UnstyledButton } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { type Ref, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobState } from '#shared/domain/job-state.ts'
import type { Sort } from '../../../ui/table/index.ts'
import { SparseTable, type SparseTableHandle } from '../../../ui/table/index.ts'
import type { ColumnName } from './columns.ts'
import { isKept } from './job-cells.tsx'
import { keyOfJob } from './job-key.ts'
import classes from './job-list.module.css'
import type { JobSource, SourceView } from './job-source.ts'
import type { ListedJob } from './loaded-rows.ts'
import { useJobColumns } from './use-job-columns.tsx'

interface JobListProps {
  /** Names the list among all there are. */
  name: string
  label: string
  queue: string | null
  state: JobState | null
  columns: readonly ColumnName[]
  /** The columns were chosen by the operator. */
  chosen: boolean
  source: JobSource
  view: SourceView
  /** Null where the order is none that can be chosen. */
  sort: Sort | null
  onSortChange: (sort: Sort) => void
  selected: string | null
  onRange: (start: number, end: number) => void
  onOpen: (job: ListedJob) => void
  onActiveChange: (job: ListedJob | null) => void
  onTop: () => void
  ref: Ref<SparseTableHandle>
}

const isDim = (job: ListedJob) => job.gone === true || isKept(job)

/** The rows of a list, and a pill that says what came while one reads further down. */
export function JobList({ ref, ...props }: JobListProps) {
  const { source, view, queue, state, columns: names, chosen } = props
  const { t } = useTranslation('jobs')
  const columns = useJobColumns({ names, state, queue, longestId: view.longestId, chosen })
  const rowAt = useCallback((index: number) => source.rowAt(index), [source])
  const indexOf = useCallback((key: string) => source.indexOf(key), [source])
  const onAtTop = useCallback((atTop: boolean) => source.setAtTop(atTop), [source])
  return (
    <>
      <SparseTable
        ref={ref}
        label={props.label}
        remembered={props.name}
        columns={columns}
        count={view.count}
        rowAt={rowAt}
        indexOf={indexOf}
        keyOf={keyOfJob}
        isDimmed={isDim}
        selected={props.selected}
        sort={props.sort}
        onSortChange={props.onSortChange}
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
