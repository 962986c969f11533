import { IconPlayerPause } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobAction } from '#shared/contract/jobs.ts'
import type { Queue } from '#shared/contract/queues.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { hasCode } from '../../lib/errors/has-code.ts'
import { AsOf } from '../../ui/as-of.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SplitView } from '../../ui/split-view.tsx'
import { ErrorState, LoadingRows, StaleBanner } from '../../ui/states.tsx'
import type { SparseTableHandle } from '../../ui/table/index.ts'
import { JobActionDialog } from './actions/job-action-dialog.tsx'
import { JobPane } from './detail/job-pane.tsx'
import { AllQueues } from './list/all-queues.tsx'
import { JobList } from './list/job-list.tsx'
import classes from './list/job-list.module.css'
import type { ListedJob } from './list/loaded-rows.ts'
import { ListStatus } from './list/list-status.tsx'
import { listName } from './list/pager-memory.ts'
import { NoJobs } from './list/no-jobs.tsx'
import { QueuePicker } from './list/queue-picker.tsx'
import { StateTabs } from './list/state-tabs.tsx'
import { useJobList } from './list/use-job-list.ts'
import type { JobsSearch, TabName } from './search.ts'
import { useJobCommands } from './use-job-commands.ts'

interface JobsOfQueueProps {
  environment: string
  queue: string
  state: JobState
  job: string | null
  /** Null when the address names none. */
  tab: TabName | null
  onChoose: (queue: Queue) => void
  go: (search: JobsSearch, replace?: boolean) => void
}

export function JobsOfQueue(props: JobsOfQueueProps) {
  const { environment, queue, state, job, tab, go } = props
  const { t } = useTranslation('jobs')
  const { pager, view, live, away, setRange } = useJobList({ environment, queue, state })
  const [active, setActive] = useState<string | null>(null)
  const [asked, setAsked] = useState<{ action: JobAction; job: string } | null>(null)
  const table = useRef<SparseTableHandle>(null)
  const picker = useRef<HTMLInputElement>(null)
  const pane = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)

  const openTab = () =>
    pane.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') ?? null
  const activeRow = () =>
    list.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]') ?? list.current
  const show = (next: string | null, replace: boolean) =>
    go({ queue, state, ...(next === null ? {} : { job: next, tab: tab ?? undefined }) }, replace)
  const open = (row: ListedJob) => {
    if (row.id === job) {
      openTab()?.focus()
    } else {
      show(row.id, job !== null)
    }
  }
  const placeOf = (id: string | null) => (id === null ? -1 : pager.indexOf(id))
  const close = (place = placeOf(job)) => {
    show(null, true)
    if (place >= 0) {
      table.current?.focusRow(place)
    }
  }
  const target = job ?? active
  const act = (action: JobAction) => {
    if (target !== null) {
      setAsked({ action, job: target })
    }
  }
  const toTop = () => table.current?.scrollToTop()

  useJobCommands({
    environment,
    state,
    target,
    open: job !== null,
    onAct: act,
    onState: (next) => go({ queue, state: next }),
    onTab: (next) => go({ queue, state, job: job ?? undefined, tab: next }, true),
    onQueue: () => picker.current?.focus(),
    onTop: toTop,
  })

  const counts = live.data?.counts

  return (
    <>
      <PageHeader
        title={t('title')}
        meta={live.asOf === null ? undefined : <AsOf at={live.asOf} />}
        filters={
          <>
            <QueuePicker
              ref={picker}
              environment={environment}
              queue={queue}
              onChoose={props.onChoose}
            />
            <StateTabs queue={queue} state={state} counts={counts} />
          </>
        }
      />
      {live.data?.paused ? (
        <div className={classes.notice} role="status">
          <IconPlayerPause size={16} stroke={1.6} aria-hidden />
          {t('queue.paused')}
        </div>
      ) : null}
      {live.staleSince === null ? null : (
        <StaleBanner since={live.staleSince} error={live.error} onRetry={live.retry} />
      )}
      <SplitView
        name="job"
        detail={
          job === null ? null : (
            <div ref={pane} className={classes.paneRoot}>
              <JobPane
                key={job}
                address={{ environment, queue, job }}
                row={pager.rowAt(pager.indexOf(job))}
                tab={tab}
                onTab={(next) => go({ queue, state, job, tab: next }, true)}
                onAct={(action) => setAsked({ action, job })}
                onClose={() => close()}
              />
            </div>
          )
        }
      >
        <div
          ref={list}
          tabIndex={-1}
          className={classes.content}
          data-stale={away || live.staleSince !== null || undefined}
        >
          {!view.loaded ? (
            view.error === null ? (
              <LoadingRows />
            ) : (
              <ErrorState
                error={view.error}
                actions={
                  hasCode(view.error, 'QUEUE_NOT_FOUND') ? (
                    <AllQueues environment={environment} />
                  ) : undefined
                }
                onRetry={() => pager.start()}
                retrying={view.loading}
              />
            )
          ) : view.count === 0 ? (
            <NoJobs queue={queue} state={state} counts={counts} />
          ) : (
            <>
              <JobList
                ref={table}
                name={listName({ environment, queue, state })}
                queue={queue}
                state={state}
                pager={pager}
                view={view}
                selected={job}
                onRange={setRange}
                onOpen={open}
                onActiveChange={(row) => setActive(row?.id ?? null)}
                onTop={toTop}
              />
              <ListStatus view={view} state={state} onRetry={() => pager.start()} />
            </>
          )}
        </div>
      </SplitView>
      {asked === null ? null : (
        <JobActionDialog
          key={`${asked.action} ${asked.job}`}
          environment={environment}
          queue={queue}
          job={asked.job}
          action={asked.action}
          onClose={() => setAsked(null)}
          fallbackFocus={() => openTab() ?? activeRow()}
          onDone={() => {
            const place = placeOf(asked.job)
            pager.markGone(asked.job)
            setAsked(null)
            // A deleted job has nothing more to show; the next one has taken its place in the list.
            if (asked.action === 'remove' && asked.job === job) {
              close(place)
            }
          }}
        />
      )}
    </>
  )
}
