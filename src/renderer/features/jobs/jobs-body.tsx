import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobState } from '#shared/domain/job-state.ts'
import { hasCode } from '../../lib/errors/has-code.ts'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import type { Sort as TableSort, SparseTableHandle } from '../../ui/table/index.ts'
import { FoundError } from './found/found-error.tsx'
import { FoundStatus } from './found/found-status.tsx'
import { NoFound } from './found/no-found.tsx'
import { AllQueues } from './list/all-queues.tsx'
import { type ColumnName, sortOf } from './list/columns.ts'
import { JobList } from './list/job-list.tsx'
import { ListStatus } from './list/list-status.tsx'
import type { ListedJob } from './list/loaded-rows.ts'
import { NoJobs } from './list/no-jobs.tsx'
import { useColumnNames } from './list/use-job-columns.tsx'
import { type Listing, type Sort, usualSort } from './listing.ts'
import type { Jobs } from './use-jobs.ts'

interface JobsBodyProps {
  environment: string
  listing: Listing
  jobs: Jobs
  queue: string | null
  state: JobState | null
  columns: readonly ColumnName[]
  chosen: boolean
  selected: string | null
  onOpen: (job: ListedJob) => void
  onActiveChange: (job: ListedJob | null) => void
  onSort: (sort: Sort) => void
  onTop: () => void
  ref: Ref<SparseTableHandle>
}

/** The list in each of its states: loading, failed, empty, or rows with what they cover under them. */
export function JobsBody({ ref, ...props }: JobsBodyProps) {
  const { environment, listing, jobs, queue, state, columns } = props
  const { t } = useTranslation(['jobs', 'jobSearch'])
  const nameOf = useColumnNames()
  const { redis, found } = jobs
  const list = redis ?? found
  if (list === null) return <LoadingRows />
  const { view, pager } = list
  const retry = () => pager.start()

  if (!view.loaded) {
    if (view.error === null) return <LoadingRows />
    if (redis === null) {
      return (
        <FoundError
          environment={environment}
          error={view.error}
          retrying={view.loading}
          onRetry={retry}
        />
      )
    }
    return (
      <ErrorState
        error={view.error}
        actions={
          hasCode(view.error, 'QUEUE_NOT_FOUND') ? (
            <AllQueues environment={environment} />
          ) : undefined
        }
        onRetry={retry}
        retrying={view.loading}
      />
    )
  }
  const status = (order: string) =>
    found === null ? null : (
      <FoundStatus
        environment={environment}
        view={found.view}
        filter={listing.filter}
        order={order}
        onRetry={retry}
      />
    )
  if (view.count === 0) {
    const coverage = found?.view.coverage ?? null
    const whole = found === null || (coverage !== null && coverage.backfilled === 1)
    return (
      <>
        {listing.inRedis !== null && whole ? (
          <NoJobs {...listing.inRedis} counts={redis?.live.data?.counts} />
        ) : (
          <NoFound environment={environment} filter={listing.filter} coverage={coverage} />
        )}
        {status('')}
      </>
    )
  }
  const inWords = state === null ? '' : t(`inState.${state}`, { count: 2 })
  const sort = tableSort(listing.sort)
  // Redis keeps what is due, and what is next to run, in an order of its own.
  const own = redis !== null && (state === 'delayed' || state === 'prioritized')
  return (
    <>
      <JobList
        key={list.name}
        ref={ref}
        name={list.name}
        label={
          queue !== null && state !== null
            ? t('list.label', { queue, state: inWords })
            : t('jobSearch:status.label')
        }
        queue={queue}
        state={state}
        columns={columns}
        chosen={props.chosen}
        source={pager}
        view={view}
        sort={own ? null : sort}
        onSortChange={({ column, descending }) => {
          const by = columns.find((name) => name === column)
          const field = by === undefined ? undefined : sortOf[by]
          if (field !== undefined) props.onSort(descending ? `-${field}` : field)
        }}
        selected={props.selected}
        onRange={list.setRange}
        onOpen={props.onOpen}
        onActiveChange={props.onActiveChange}
        onTop={props.onTop}
      />
      {found === null && redis !== null && state !== null ? (
        <ListStatus view={redis.view} state={state} onRetry={retry} />
      ) : (
        status(
          listing.sort === usualSort || sort === null
            ? t('list.order')
            : t(sort.descending ? 'jobSearch:status.descending' : 'jobSearch:status.ascending', {
                column: nameOf(sort.column, state),
              }),
        )
      )}
    </>
  )
}

/** A sort of the console as the table shows it. */
function tableSort(sort: Sort): (TableSort & { column: ColumnName }) | null {
  const descending = sort.startsWith('-')
  const by = descending ? sort.slice(1) : sort
  const column = (Object.keys(sortOf) as ColumnName[]).find((name) => sortOf[name] === by)
  return column === undefined ? null : { column, descending }
}
