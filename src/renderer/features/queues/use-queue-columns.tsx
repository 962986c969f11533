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
  active: { width: 82 },
  waiting: { width: 86 },
  prioritized: { width: 84, hideBelow: 1140 },
  delayed: { width: 92 },
  'waiting-children': { width: 92, hideBelow: 1230 },
  failed: { width: 90 },
  completed: { width: 104, hideBelow: 1000 },
}

export function useQueueColumns(): readonly Column<Queue>[] {
  const { t } = useTranslation('queues')
  return useMemo(
    (): Column<Queue>[] => [
      {
        id: 'name',
        header: t('column.name'),
        width: 140,
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
        width: 98,
        align: 'end',
        cell: (queue) => <ShareCell queue={queue} />,
        sortValue: ({ failureShare }) => failureShare,
        sortFirst: 'descending',
      },
      {
        id: 'workers',
        header: t('column.workers'),
        hint: t('hint.workers'),
        width: 78,
        align: 'end',
        cell: (queue) => <WorkersCell queue={queue} />,
        sortValue: ({ workers }) => workers,
      },
      {
        id: 'in',
        header: t('column.in'),
        hint: t('hint.in'),
        width: 60,
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
        width: 60,
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
        width: 80,
        align: 'end',
        cell: (queue) => <AgeCell at={queue.oldestWaitingAt} />,
        sortValue: ({ oldestWaitingAt }) => oldestWaitingAt,
      },
    ],
    [t],
  )
}
