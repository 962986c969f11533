import { IconCopy, IconDownload, IconFilter, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { JobAction } from '#shared/contract/jobs.ts'
import { jobStates, type JobState } from '#shared/domain/job-state.ts'
import { useCommands } from '../../lib/commands/index.ts'
import { useCopy } from '../../ui/copy-text.tsx'
import { useActionRefusal } from '../environments/refusal/use-action-refusal.ts'
import { tabs, type TabName } from './search.ts'

interface JobCommandOptions {
  environment: string
  /** The one state that is listed; null for several. */
  state: JobState | null
  /** The job that keys act on: the open one, else the one with the focus; null when there is none. */
  target: string | null
  /** False where that job is gone. */
  actable: boolean
  /** Whether a job is open beside the list. */
  open: boolean
  onAct: (action: JobAction) => void
  onState: (state: JobState) => void
  onTab: (tab: TabName) => void
  onFilter: () => void
  onQueue: () => void
  onFacets: () => void
  onExport: () => void
  onTop: () => void
}

/** Everything that can be done on the jobs page, for palette, keys and help alike. */
export function useJobCommands(options: JobCommandOptions): void {
  const { t } = useTranslation(['jobs', 'jobSearch'])
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
    const at = options.state === null ? -1 : jobStates.indexOf(options.state)
    const next = at === -1 && step < 0 ? jobStates.length - 1 : at + step
    const state = jobStates[(next + jobStates.length) % jobStates.length]
    if (state !== undefined) options.onState(state)
  }
  useCommands([
    {
      id: 'jobs.retry',
      label: t('command.retry'),
      group: 'job',
      shortcut: 'r',
      icon: IconRefresh,
      enabled: options.actable,
      ...act('retry'),
    },
    {
      id: 'jobs.remove',
      label: t('command.remove'),
      group: 'job',
      shortcut: 'Delete',
      icon: IconTrash,
      enabled: options.actable,
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
      id: 'jobs.filter',
      label: t('jobSearch:command.filter'),
      group: 'page',
      shortcut: '/',
      icon: IconFilter,
      run: options.onFilter,
    },
    {
      id: 'jobs.queue',
      label: t('command.queue'),
      group: 'page',
      shortcut: 'q',
      run: options.onQueue,
    },
    {
      id: 'jobs.facets',
      label: t('jobSearch:command.facets'),
      group: 'page',
      shortcut: 'f',
      run: options.onFacets,
    },
    {
      id: 'jobs.export',
      label: t('jobSearch:command.export'),
      group: 'page',
      icon: IconDownload,
      run: options.onExport,
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
