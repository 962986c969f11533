import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Queue } from '#shared/contract/queues.ts'
import { jobStates, type JobState } from '#shared/domain/job-state.ts'
import type { Column } from '../../ui/table/index.ts'
import { stateLooks } from '../jobs/state/state-look.ts'
import {
  AgeCell,
  NameCell,
  RateCell,
  ShareCell,
  StateCell,
  VersionCell,
  WorkersCell,
} from './queue-cells.tsx'

/** Pixels; narrow windows keep the states that call for something. */
const stateColumns: Record<JobState, { width: number; hideBelow?: number }> = {
  active: { width: 84 },
  waiting: { width: 82 },
  prioritized: { width: 80, hideBelow: 1120 },
  delayed: { width: 92 },
  'waiting-children': { width: 86, hideBelow: 1210 },
  failed: { width: 98 },
  completed: { width: 104, hideBelow: 1000 },
}

export function useQueueColumns(): readonly Column<Queue>[] {
  const { t } = useTranslation('queues')
  return useMemo(
    (): Column<Queue>[] => [
      {
        id: 'name',
        header: t('column.name'),
        width: 160,
        grow: 1,
        cell: (queue) => <NameCell queue={queue} />,
        sortValue: ({ name }) => name,
      },
      {
        id: 'version',
        header: t('column.version'),
        hint: t('hint.version'),
        width: 88,
        hideBelow: 1050,
        cell: (queue) => <VersionCell queue={queue} />,
        sortValue: ({ library, version }) => (library === 'bull' ? '0' : (version ?? '1')),
      },
      ...jobStates.map((state): Column<Queue> => ({
        id: state,
        header: t(`column.${state}`),
        ...(state === 'prioritized' || state === 'waiting-children'
          ? { hint: t(`hint.${state}`) }
          : {}),
        icon: stateLooks[state].icon,
        ...stateColumns[state],
        align: 'end',
        cell: (queue) => <StateCell queue={queue} state={state} />,
        sortValue: ({ counts }) => counts[state],
        sortFirst: 'descending',
      })),
      {
        id: 'share',
        header: t('column.share'),
        hint: t('hint.share'),
        width: 94,
        align: 'end',
        cell: (queue) => <ShareCell queue={queue} />,
        sortValue: ({ failureShare }) => failureShare,
        sortFirst: 'descending',
      },
      {
        id: 'workers',
        header: t('column.workers'),
        hint: t('hint.workers'),
        width: 76,
        align: 'end',
        cell: (queue) => <WorkersCell queue={queue} />,
        sortValue: ({ workers }) => workers,
      },
      {
        id: 'in',
        header: t('column.in'),
        hint: t('hint.in'),
        width: 58,
        align: 'end',
        hideBelow: 900,
        cell: (queue) => <RateCell rate={queue.rateIn} />,
        sortValue: ({ rateIn }) => rateIn,
        sortFirst: 'descending',
      },
      {
        id: 'out',
        header: t('column.out'),
        hint: t('hint.out'),
        width: 58,
        align: 'end',
        hideBelow: 900,
        cell: (queue) => <RateCell rate={queue.rateOut} />,
        sortValue: ({ rateOut }) => rateOut,
        sortFirst: 'descending',
      },
      {
        id: 'oldest',
        header: t('column.oldest'),
        hint: t('hint.oldest'),
        width: 74,
        align: 'end',
        cell: (queue) => <AgeCell at={queue.oldestWaitingAt} />,
        sortValue: ({ oldestWaitingAt }) => oldestWaitingAt,
      },
    ],
    [t],
  )
}
