import { Button } from '@mantine/core'
import { IconGhost, IconRefresh, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobAction, JobDetail, JobRow } from '#shared/contract/jobs.ts'
import { retryableStates } from '#shared/domain/job-state.ts'
import { useNow } from '../../../lib/clock.ts'
import { useAway } from '../../../lib/environments.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { DetailPane } from '../../../ui/detail-pane.tsx'
import { keyLabels } from '../../../ui/key-hint.tsx'
import { RefusableButton } from '../../../ui/refusable-button.tsx'
import { ErrorState, LoadingRows } from '../../../ui/states.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { useActionRefusal } from '../../environments/refusal/use-action-refusal.ts'
import { ErrorTab } from '../error/error-tab.tsx'
import { ForeignText } from '../list/job-cells.tsx'
import { isKept } from '../list/job-key.ts'
import type { ListedJob } from '../list/loaded-rows.ts'
import { LogsTab } from '../logs/logs-tab.tsx'
import { tabs, type TabName } from '../search.ts'
import { StateBadge } from '../state/state-badge.tsx'
import { visibleText } from '../text/visible-text.ts'
import { DataTab } from './data-tab.tsx'
import classes from './detail.module.css'
import { KeptJob } from './kept-job.tsx'
import { RawTab } from './raw-tab.tsx'
import { SummaryTab } from './summary-tab.tsx'
import { useJobDetail, type JobAddress } from './use-job-detail.ts'
import { useKeptJob } from './use-kept-job.ts'

interface JobPaneProps {
  address: JobAddress
  /** The job's row in the list, when it is there: what shows before the rest has come. */
  row: ListedJob | null
  /** Null for the one that tells most of a job in its state. */
  tab: TabName | null
  onTab: (tab: TabName) => void
  onAct: (action: JobAction) => void
  onClose: () => void
}

/** One job beside the list: what happened, its data, its error, its log, its hash. */
export function JobPane({ address, row, tab, onTab, onAct, onClose }: JobPaneProps) {
  const { t } = useTranslation(['jobs', 'common'])
  const { job, gone, goneSince, error, fetching, refetch } = useJobDetail(address, row)
  const away = useAway(address.environment)
  const kept = useKeptJob(address, row, job === undefined && (gone || away || error !== null))
  const known = job ?? row ?? kept
  const there = row ?? kept
  const left = gone || (job === undefined && there !== null && isKept(there))
  // Settled once, so that a job that is retried does not change the tab under its reader.
  const [first, setFirst] = useState<TabName | null>(null)
  if (first === null && known !== null) {
    setFirst(known.state === 'failed' ? 'error' : 'summary')
  }
  return (
    <DetailPane
      title={<ForeignText text={known?.name ?? t('detail.label', { job: address.job })} />}
      subtitle={
        <>
          {known === null ? null : <StateBadge state={known.state} />}
          <CopyText text={visibleText(address.job)} what={t('detail.id')} />
        </>
      }
      actions={
        left || (known === null && error !== null) ? undefined : (
          <Actions environment={address.environment} state={known?.state ?? null} onAct={onAct} />
        )
      }
      onClose={onClose}
    >
      {goneSince === null ? null : <Gone since={goneSince} />}
      {job === undefined ? (
        kept !== null && (gone || away || error !== null) ? (
          <KeptJob environment={address.environment} job={kept} />
        ) : error === null ? (
          <LoadingRows rows={8} />
        ) : (
          <ErrorState
            error={error}
            actions={
              gone ? (
                <Button variant="default" onClick={onClose}>
                  {t('common:close')}
                </Button>
              ) : undefined
            }
            onRetry={refetch}
            retrying={fetching}
          />
        )
      ) : (
        <Tabs
          label={t('detail.tabs')}
          value={tab ?? first ?? 'summary'}
          onChange={onTab}
          tabs={tabs.map((name) => ({
            name,
            label: t(`detail.tab.${name}`),
            mark: name === 'logs' && job.logCount > 0 ? <LogCount job={job} /> : undefined,
            content: () => contents[name](job, address),
          }))}
        />
      )}
    </DetailPane>
  )
}

const contents: Record<TabName, (job: JobDetail, address: JobAddress) => ReactNode> = {
  summary: (job, address) => <SummaryTab job={job} address={address} />,
  data: (job, address) => <DataTab job={job} address={address} />,
  error: (job, address) => <ErrorTab job={job} address={address} />,
  logs: (job, address) => <LogsTab address={address} active={job.state === 'active'} />,
  raw: (_, address) => <RawTab address={address} />,
}

function LogCount({ job }: { job: JobDetail }) {
  const format = useFormat()
  return <>{format.count(job.logCount)}</>
}

interface ActionsProps {
  environment: string
  state: JobRow['state'] | null
  onAct: (action: JobAction) => void
}

function Actions({ environment, state, onAct }: ActionsProps) {
  const { t } = useTranslation('jobs')
  const retryRefused = useActionRefusal(environment, 'retry')
  const removeRefused = useActionRefusal(environment, 'remove')
  const retryable = retryableStates.some((each) => each === state)
  return (
    <>
      {retryable ? (
        <RefusableButton
          variant="default"
          refused={retryRefused}
          hint={t('command.retry')}
          keys="R"
          leftSection={<IconRefresh size={14} aria-hidden />}
          onPress={() => onAct('retry')}
        >
          {t('detail.retry')}
        </RefusableButton>
      ) : null}
      <RefusableButton
        variant="default"
        refused={removeRefused}
        hint={state === 'active' ? t('detail.activeNow') : t('command.remove')}
        keys={keyLabels('Delete').join(' ')}
        leftSection={<IconTrash size={14} aria-hidden />}
        disabled={state === 'active' || state === null}
        onPress={() => onAct('remove')}
      >
        {t('detail.remove')}
      </RefusableButton>
    </>
  )
}

function Gone({ since }: { since: number }) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const now = useNow()
  return (
    <div className={classes.gone} role="status">
      <IconGhost size={16} stroke={1.6} aria-hidden />
      {t('detail.gone', { time: format.clock(since, now) })}
    </div>
  )
}
