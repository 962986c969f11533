import { IconCopy, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { JobAction } from '#shared/contract/jobs.ts'
import { jobStates, type JobState } from '#shared/domain/job-state.ts'
import { useCommands } from '../../lib/commands/index.ts'
import { useCopy } from '../../ui/copy-text.tsx'
import { useActionRefusal } from '../environments/refusal/use-action-refusal.ts'
import { tabs, type TabName } from './search.ts'

interface JobCommandOptions {
  environment: string
  state: JobState
  /** The job that keys act on: the open one, else the one with the focus; null when there is none. */
  target: string | null
  /** Whether a job is open beside the list. */
  open: boolean
  onAct: (action: JobAction) => void
  onState: (state: JobState) => void
  onTab: (tab: TabName) => void
  onQueue: () => void
  onTop: () => void
}

/** Everything that can be done on the jobs page, for palette, keys and help alike. */
export function useJobCommands(options: JobCommandOptions): void {
  const { t } = useTranslation('jobs')
  const { copy } = useCopy()
  const { target, open } = options
  const refusals = {
    retry: useActionRefusal(options.environment, 'retry'),
    remove: useActionRefusal(options.environment, 'remove'),
  }
  const act = (action: JobAction) => ({
    ...(refusals[action] === null ? {} : { refused: refusals[action].short }),
    run: refusals[action]?.explain ?? (() => options.onAct(action)),
  })
  const turn = (step: number) => {
    const index = jobStates.indexOf(options.state) + step
    options.onState(jobStates[(index + jobStates.length) % jobStates.length] ?? options.state)
  }
  useCommands([
    {
      id: 'jobs.retry',
      label: t('command.retry'),
      group: 'job',
      shortcut: 'r',
      icon: IconRefresh,
      enabled: target !== null,
      ...act('retry'),
    },
    {
      id: 'jobs.remove',
      label: t('command.remove'),
      group: 'job',
      shortcut: 'Delete',
      icon: IconTrash,
      enabled: target !== null,
      ...act('remove'),
    },
    {
      id: 'jobs.copyId',
      label: t('command.copyId'),
      group: 'job',
      icon: IconCopy,
      enabled: target !== null,
      run: () => copy(target ?? ''),
    },
    ...tabs.map((tab, index) => ({
      id: `jobs.tab.${tab}`,
      label: t('command.tab', { tab: t(`detail.tab.${tab}`) }),
      group: 'job' as const,
      shortcut: String(index + 1),
      enabled: open,
      run: () => options.onTab(tab),
    })),
    {
      id: 'jobs.nextState',
      label: t('command.nextState'),
      group: 'page',
      shortcut: ']',
      run: () => turn(1),
    },
    {
      id: 'jobs.previousState',
      label: t('command.previousState'),
      group: 'page',
      shortcut: '[',
      run: () => turn(-1),
    },
    {
      id: 'jobs.queue',
      label: t('command.queue'),
      group: 'page',
      shortcut: '/',
      run: options.onQueue,
    },
    {
      id: 'jobs.top',
      label: t('command.top'),
      group: 'list',
      shortcut: '.',
      run: options.onTop,
    },
  ])
}
