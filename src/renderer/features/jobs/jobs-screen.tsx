import { Button } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconDownload, IconLayoutSidebar, IconPlayerPause } from '@tabler/icons-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobAction } from '#shared/contract/jobs.ts'
import type { Queue } from '#shared/contract/queues.ts'
import type { View } from '#shared/contract/views.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { useAway } from '../../lib/environments.ts'
import { useStable } from '../../lib/use-stable.ts'
import { AsOf } from '../../ui/as-of.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SplitView } from '../../ui/split-view.tsx'
import { StaleBanner } from '../../ui/states.tsx'
import type { SparseTableHandle } from '../../ui/table/index.ts'
import { JobActionDialog } from './actions/job-action-dialog.tsx'
import { JobPane } from './detail/job-pane.tsx'
import { ExportDialog } from './export/export-dialog.tsx'
import { FacetPanel } from './facets/facet-panel.tsx'
import { useFreshFacets } from './facets/use-facets.ts'
import { FilterField } from './filter/filter-field.tsx'
import classes from './jobs.module.css'
import { JobsBody } from './jobs-body.tsx'
import { useJobsLayout } from './list/column-choice.ts'
import { ColumnMenu } from './list/column-menu.tsx'
import { needsMirror, usualColumns } from './list/columns.ts'
import { isKept, keyOfJob } from './list/job-key.ts'
import type { ListedJob } from './list/loaded-rows.ts'
import { QueuePicker } from './list/queue-picker.tsx'
import { StateTabs } from './list/state-tabs.tsx'
import { addressOf, type Listing, queueOf, type Sort, statesOf, withState } from './listing.ts'
import type { JobsSearch } from './search.ts'
import { useJobCommands } from './use-job-commands.ts'
import { useJobs } from './use-jobs.ts'
import { addressOfView, showColumnsOf } from './views/address-of-view.ts'
import { ViewsMenu } from './views/views-menu.tsx'

/** Under this width of list and facets, in pixels, the facets lie over the list. */
const facetsBesideFrom = 760

interface JobsScreenProps {
  environment: string
  listing: Listing
  search: JobsSearch
  /** Whether there is a queue of exactly this name. */
  knows: (queue: string) => boolean
  onChoose: (queue: Queue) => void
  go: (search: JobsSearch, replace?: boolean) => void
}

export function JobsScreen({ environment, listing, search, knows, onChoose, go }: JobsScreenProps) {
  const { t } = useTranslation(['jobs', 'jobSearch'])
  const { filter, sort } = listing
  const { job = null, tab = null } = search
  const chosen = useJobsLayout((layout) => layout.columns)
  const beside = useJobsLayout((layout) => layout.facets)
  const [over, setOver] = useState(false)
  const [active, setActive] = useState<Address | null>(null)
  const [asked, setAsked] = useState<(Address & { action: JobAction; key: string }) | null>(null)
  const [exporting, setExporting] = useState(false)
  const { ref: middle, width } = useElementSize<HTMLDivElement>()
  const table = useRef<SparseTableHandle>(null)
  const picker = useRef<HTMLInputElement>(null)
  const field = useRef<{ focus: () => void }>(null)
  const pane = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)

  const away = useAway(environment)
  const jobs = useJobs(environment, listing, needsMirror(chosen))
  useFreshFacets(environment)
  const queue = jobs.redis === null ? queueOf(filter) : (listing.inRedis?.queue ?? null)
  const listedState = listing.inRedis?.state
  const states = useMemo(
    () => (listedState === undefined ? statesOf(filter) : [listedState]),
    [listedState, filter],
  )
  const [first, ...more] = states
  const state = first === undefined || more.length > 0 ? null : first
  const columns = useMemo(() => chosen ?? usualColumns(queue, state), [chosen, queue, state])
  const shown = useMemo(() => ({ filter, sort, columns: chosen ?? [] }), [filter, sort, chosen])
  const narrow = width > 0 && width < facetsBesideFrom
  const facets = narrow ? over : beside

  const jobQueue = search.in ?? queue
  const opened = job === null || jobQueue === null ? null : { queue: jobQueue, job }
  const openedKey = opened === null ? null : jobs.keyOf(opened)
  const listed = addressOfList(listing, search)
  const openTab = () =>
    pane.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') ?? null
  const activeRow = () =>
    list.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]') ?? list.current
  const show = (next: Address | null, replace: boolean) =>
    go(
      next === null
        ? listed
        : {
            ...listed,
            job: next.job,
            ...(listing.inRedis === null ? { in: next.queue } : {}),
            tab: tab ?? undefined,
          },
      replace,
    )
  const addressOfRow = (row: ListedJob): Address | null => {
    const of = row.queue ?? queue
    return of === null ? null : { queue: of, job: row.id }
  }
  const open = (row: ListedJob) => {
    if (keyOfJob(row) === openedKey) openTab()?.focus()
    else show(addressOfRow(row), job !== null)
  }
  const placeOf = (key: string | null) => (key === null ? -1 : jobs.source.indexOf(key))
  const close = (place = placeOf(openedKey)) => {
    show(null, true)
    if (place >= 0) table.current?.focusRow(place)
    else activeRow()?.focus()
  }
  const target = opened ?? active
  const act = (action: JobAction, on = target) => {
    if (on !== null) setAsked({ ...on, action, key: jobs.keyOf(on) })
  }
  const toTop = () => table.current?.scrollToTop()
  const toFilter = (next: string, order: Sort = sort) => {
    const kept = next === '' || search.view === undefined ? {} : { view: search.view }
    const address = addressOf(next, order, knows)
    // A view that is changed is still the view; a plain list is none.
    go(address.queue === undefined ? { ...address, ...kept } : address)
  }
  const listedQueue = listing.inRedis?.queue
  const tabAddress = useCallback(
    (next: JobState | null): JobsSearch =>
      next !== null && listedQueue !== undefined
        ? { queue: listedQueue, state: next }
        : addressOf(withState(filter, next), sort, knows),
    [listedQueue, filter, sort, knows],
  )
  // Rows come many times a second while one scrolls: what stands around them is not rendered for that.
  const applyFilter = useStable((next: string) => toFilter(next))
  const leaveFilter = useStable(() => activeRow()?.focus())
  const chooseQueue = useStable(onChoose)
  const openView = useStable((view: View) => {
    showColumnsOf(view)
    go(addressOfView(view))
  })
  const forgetView = useStable(() => go({ ...search, view: undefined }, true))

  useJobCommands({
    environment,
    state,
    target: target?.job ?? null,
    actable: target !== null && isThere(jobs.source.rowAt(placeOf(jobs.keyOf(target)))),
    open: job !== null,
    onAct: act,
    onState: (next) => go(tabAddress(next)),
    onTab: (next) => {
      if (opened !== null) go({ ...search, tab: next }, true)
    },
    onFilter: () => field.current?.focus(),
    onQueue: () => picker.current?.focus(),
    onFacets: () => (narrow ? setOver(!over) : useJobsLayout.setState({ facets: !beside })),
    onExport: () => setExporting(true),
    onTop: toTop,
  })

  const { redis, found } = jobs
  const live = redis?.live
  const stale = away || (live !== undefined && live.staleSince !== null)

  return (
    <>
      <PageHeader
        title={t('title')}
        meta={live === undefined || live.asOf === null ? undefined : <AsOf at={live.asOf} />}
        filters={
          <>
            <QueuePicker
              ref={picker}
              environment={environment}
              queue={queue}
              onChoose={chooseQueue}
            />
            <StateTabs states={states} counts={jobs.counts} addressOf={tabAddress} />
          </>
        }
      />
      <div className={classes.bar} role="search">
        <Button
          variant="default"
          aria-pressed={facets}
          className={classes.facetsButton}
          leftSection={<IconLayoutSidebar size={14} aria-hidden />}
          onClick={() => (narrow ? setOver(!over) : useJobsLayout.setState({ facets: !beside }))}
        >
          {t('jobSearch:facets.button')}
        </Button>
        <FilterField
          ref={field}
          environment={environment}
          value={filter}
          onApply={applyFilter}
          onLeave={leaveFilter}
        />
        <div className={classes.tools}>
          <ViewsMenu
            environment={environment}
            shown={shown}
            opened={search.view ?? null}
            onOpen={openView}
            onForget={forgetView}
          />
          <ColumnMenu columns={columns} chosen={chosen !== null} state={state} />
          <Button
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => setExporting(true)}
          >
            {t('jobSearch:export.open')}
          </Button>
        </div>
      </div>
      {live?.data?.paused ? (
        <div className={classes.notice} role="status">
          <IconPlayerPause size={16} stroke={1.6} aria-hidden />
          {t('queue.paused')}
        </div>
      ) : null}
      {live === undefined || live.staleSince === null ? null : (
        <StaleBanner since={live.staleSince} error={live.error} onRetry={live.retry} />
      )}
      <SplitView
        name="job"
        detail={
          opened === null ? null : (
            <div ref={pane} className={classes.paneRoot}>
              <JobPane
                key={`${opened.queue}\n${opened.job}`}
                address={{ environment, ...opened }}
                row={openedKey === null ? null : jobs.source.rowAt(placeOf(openedKey))}
                tab={tab}
                onTab={(next) => go({ ...search, tab: next }, true)}
                onAct={(action) => act(action, opened)}
                onClose={() => close()}
              />
            </div>
          )
        }
      >
        <div ref={middle} className={classes.middle}>
          {facets ? (
            <FacetPanel
              environment={environment}
              filter={filter}
              over={narrow}
              onFilter={applyFilter}
            />
          ) : null}
          <div ref={list} tabIndex={-1} className={classes.content} data-stale={stale || undefined}>
            <JobsBody
              ref={table}
              environment={environment}
              listing={listing}
              jobs={jobs}
              queue={queue}
              state={state}
              columns={columns}
              chosen={chosen !== null}
              selected={openedKey}
              onOpen={open}
              onActiveChange={(row) => setActive(row === null ? null : addressOfRow(row))}
              onSort={(next) => toFilter(filter, next)}
              onTop={toTop}
            />
          </div>
        </div>
      </SplitView>
      {exporting ? (
        <ExportDialog
          environment={environment}
          filter={filter}
          sort={sort}
          columns={columns}
          total={found === null ? (redis?.view.total ?? null) : found.view.total}
          onClose={() => setExporting(false)}
        />
      ) : null}
      {asked === null ? null : (
        <JobActionDialog
          key={`${asked.action} ${asked.key}`}
          environment={environment}
          queue={asked.queue}
          job={asked.job}
          action={asked.action}
          onClose={() => setAsked(null)}
          fallbackFocus={() => openTab() ?? activeRow()}
          onDone={() => {
            const place = placeOf(asked.key)
            jobs.source.markGone(asked.key)
            setAsked(null)
            // A deleted job has nothing more to show; the next one has taken its place in the list.
            if (asked.action === 'remove' && asked.key === openedKey) close(place)
          }}
        />
      )}
    </>
  )
}

/** As far as the list knows. */
const isThere = (row: ListedJob | null): boolean => row === null || !isKept(row)

/** A job among all of an environment. */
interface Address {
  queue: string
  job: string
}

/** The address of the list alone, without the job that is open. */
function addressOfList({ inRedis }: Listing, search: JobsSearch): JobsSearch {
  const { job: _job, in: _in, tab: _tab, ...list } = search
  return inRedis !== null && search.filter === undefined ? { ...list, ...inRedis } : list
}
