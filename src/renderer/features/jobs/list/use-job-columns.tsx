import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobState } from '#shared/domain/job-state.ts'
import type { Column } from '../../../ui/table/index.ts'
import {
  AttemptsCell,
  ErrorCell,
  ForeignText,
  ProgressCell,
  RunningCell,
  SpanCell,
  WhenCell,
} from './job-cells.tsx'
import { idWidth } from './id-width.ts'
import type { ListedJob } from './loaded-rows.ts'

type ColumnName =
  | 'id'
  | 'name'
  | 'when'
  | 'wait'
  | 'duration'
  | 'running'
  | 'attempts'
  | 'progress'
  | 'priority'
  | 'error'
  | 'scheduler'
  | 'parent'

/** What is worth knowing of a job differs by state: one that waits has no duration and no error. */
const shown: Record<JobState, readonly ColumnName[]> = {
  active: ['id', 'name', 'when', 'running', 'progress', 'wait', 'attempts', 'scheduler', 'parent'],
  waiting: ['id', 'name', 'when', 'attempts', 'error', 'scheduler', 'parent'],
  prioritized: ['id', 'name', 'priority', 'when', 'attempts', 'error', 'scheduler', 'parent'],
  delayed: ['id', 'name', 'when', 'attempts', 'error', 'scheduler', 'parent'],
  'waiting-children': ['id', 'name', 'when', 'attempts', 'progress', 'scheduler', 'parent'],
  failed: ['id', 'name', 'when', 'error', 'attempts', 'duration', 'wait', 'scheduler', 'parent'],
  completed: ['id', 'name', 'when', 'duration', 'wait', 'attempts', 'scheduler', 'parent'],
}

function instantOf(job: ListedJob, state: JobState): number | null {
  if (state === 'active') return job.startedAt
  if (state === 'delayed') return job.dueAt
  return state === 'failed' || state === 'completed' ? job.finishedAt : job.addedAt
}

/** The columns that fit a state, and ids of so many characters. */
export function useJobColumns(state: JobState, longestId: number): readonly Column<ListedJob>[] {
  const { t } = useTranslation('jobs')
  const widthOfId = idWidth(longestId)
  return useMemo(() => {
    const columns: Record<ColumnName, Omit<Column<ListedJob>, 'id'>> = {
      id: {
        header: t('column.id'),
        width: widthOfId,
        grow: 0.4,
        cell: (job) => <ForeignText text={job.id} mono />,
      },
      name: {
        header: t('column.name'),
        width: 120,
        grow: 0.8,
        cell: (job) => <ForeignText text={job.name} />,
      },
      when: {
        header: t(`column.when.${state}`),
        width: 104,
        cell: (job) => <WhenCell job={job} at={instantOf(job, state)} />,
      },
      wait: {
        header: t('column.wait'),
        hint: t('hint.wait'),
        width: 92,
        align: 'end',
        hideBelow: 860,
        cell: (job) => <SpanCell value={job.wait} />,
      },
      duration: {
        header: t('column.duration'),
        hint: t('hint.duration'),
        width: 92,
        align: 'end',
        hideBelow: 760,
        cell: (job) => <SpanCell value={job.duration} />,
      },
      running: {
        header: t('column.running'),
        hint: t('hint.running'),
        width: 92,
        align: 'end',
        cell: (job) => <RunningCell startedAt={job.startedAt} />,
      },
      attempts: {
        header: t('column.attempts'),
        hint: t('hint.attempts'),
        width: 80,
        align: 'end',
        hideBelow: 520,
        cell: (job) => <AttemptsCell job={job} />,
      },
      progress: {
        header: t('column.progress'),
        width: 132,
        hideBelow: 560,
        cell: (job) => <ProgressCell job={job} />,
      },
      priority: {
        header: t('column.priority'),
        width: 84,
        align: 'end',
        cell: (job) => <span className="tabular">{job.priority}</span>,
      },
      error: {
        header: t('column.error'),
        ...(state === 'failed' ? {} : { hint: t('hint.lastError') }),
        width: 160,
        grow: 3,
        cell: (job) => <ErrorCell job={job} />,
      },
      scheduler: {
        header: t('column.scheduler'),
        width: 110,
        grow: 0.4,
        hideBelow: 980,
        cell: (job) => (job.scheduler === null ? null : <ForeignText text={job.scheduler} />),
      },
      parent: {
        header: t('column.parent'),
        width: 110,
        grow: 0.4,
        hideBelow: 1080,
        cell: (job) =>
          job.parent === null ? null : (
            <ForeignText text={`${job.parent.queue} ${job.parent.job}`} mono />
          ),
      },
    }
    return shown[state].map((name) => ({ id: name, ...columns[name] }))
  }, [state, t, widthOfId])
}
