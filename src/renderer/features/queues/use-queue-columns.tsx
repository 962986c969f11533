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

/** Narrow windows keep the states that call for something. */
const hiddenBelow: Partial<Record<JobState, number>> = {
  'waiting-children': 1080,
  prioritized: 1000,
  completed: 820,
}

export function useQueueColumns(): readonly Column<Queue>[] {
  const { t } = useTranslation('queues')
  return useMemo(
    (): Column<Queue>[] => [
      {
        id: 'name',
        header: t('column.name'),
        width: 180,
        grow: 1,
        cell: (queue) => <NameCell queue={queue} />,
        sortValue: ({ name }) => name,
      },
      {
        id: 'version',
        header: t('column.version'),
        hint: t('hint.version'),
        width: 100,
        hideBelow: 960,
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
        width: 96,
        align: 'end',
        ...(hiddenBelow[state] === undefined ? {} : { hideBelow: hiddenBelow[state] }),
        cell: (queue) => <StateCell queue={queue} state={state} />,
        sortValue: ({ counts }) => counts[state],
        sortFirst: 'descending',
      })),
      {
        id: 'share',
        header: t('column.share'),
        hint: t('hint.share'),
        width: 112,
        align: 'end',
        cell: (queue) => <ShareCell queue={queue} />,
        sortValue: ({ failureShare }) => failureShare,
        sortFirst: 'descending',
      },
      {
        id: 'workers',
        header: t('column.workers'),
        hint: t('hint.workers'),
        width: 84,
        align: 'end',
        cell: (queue) => <WorkersCell queue={queue} />,
        sortValue: ({ workers }) => workers,
      },
      {
        id: 'in',
        header: t('column.in'),
        hint: t('hint.in'),
        width: 64,
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
        width: 64,
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
        width: 96,
        align: 'end',
        cell: (queue) => <AgeCell at={queue.oldestWaitingAt} />,
        sortValue: ({ oldestWaitingAt }) => oldestWaitingAt,
      },
    ],
    [t],
  )
}
