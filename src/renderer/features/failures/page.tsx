import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureGroup, FailureStatus } from '#shared/contract/failures.ts'
import { hasCode } from '../../lib/errors/has-code.ts'
import { useAway } from '../../lib/environments.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { SplitView } from '../../ui/split-view.tsx'
import { ErrorState, LoadingRows, StaleBanner } from '../../ui/states.tsx'
import { StatusBar } from '../../ui/status-bar.tsx'
import { CoverageLine } from '../mirror/coverage-line.tsx'
import { ToMirror } from '../mirror/to-mirror.tsx'
import type { Compared } from './compare/compare.ts'
import { CompareMenu } from './compare/compare-menu.tsx'
import { ComparisonNotice } from './compare/comparison-notice.tsx'
import { useCompared } from './compare/use-compared.ts'
import { GroupPane } from './detail/group-pane.tsx'
import { NoteDialog } from './detail/note-dialog.tsx'
import classes from './failures.module.css'
import { Filters, StatusTabs } from './filters.tsx'
import { FailureList } from './list/failure-list.tsx'
import { ListEnd } from './list/list-end.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { NoFailures } from './no-failures.tsx'
import { type FailuresSearch, listingOf, othersOf, toggledOther } from './search.ts'
import { SelectionBar } from './selection-bar.tsx'
import { TrendChart } from './trend-chart.tsx'
import { useFailureCommands } from './use-failure-commands.ts'
import { useFailureChanges, useFailureList } from './use-failures.ts'

const route = getRouteApi('/e/$environment/failures')
const usualLimit = 100
const none: ReadonlySet<string> = new Set()

/** Failed jobs by what went wrong, as the mirror has them. */
export function FailuresPage() {
  const { environment } = route.useParams()
  return <Failures key={environment} environment={environment} />
}

function Failures({ environment }: { environment: string }) {
  const { t } = useTranslation('failures')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const listing = listingOf(search)
  const [limit, setLimit] = useState(usualLimit)
  const [picked, setPicked] = useState(none)
  const [activeId, setActiveId] = useState<string>()
  const [editing, setEditing] = useState<FailureGroup | null>(null)
  const [merging, setMerging] = useState(false)
  const away = useAway(environment)
  const list = useFailureList(environment, listing, limit)
  const { data, error } = list
  const { rows, others } = useCompared(environment, listing, othersOf(search), data?.groups ?? [])
  const active = rows.find(({ group }) => group.id === activeId)
  const { update } = useFailureChanges()
  const open = search.group ?? null
  const go = (change: Partial<FailuresSearch>, replace = true) =>
    void navigate({ search: { ...search, ...change }, replace })
  const openRow = ({ group, only }: Compared) => {
    if (only === null) go({ group: group.id }, open !== null)
    // It is not known here: it opens where it is.
    else {
      void navigate({
        to: '/e/$environment/failures',
        params: { environment: only.id },
        search: { window: search.window, group: group.id },
      })
    }
  }
  const pick = (group: string) =>
    setPicked((before) =>
      before.has(group)
        ? new Set([...before].filter((id) => id !== group))
        : new Set([...before, group]),
    )
  const pickedGroups = (data?.groups ?? []).filter(({ id }) => picked.has(id))
  const openGroup = data?.groups.find(({ id }) => id === open)
  const target = openGroup ?? (open === null && active?.only === null ? active.group : undefined)
  const setStatus = (groups: readonly FailureGroup[], status: FailureStatus) => {
    for (const { id } of groups) update({ environment, group: id, status })
    setPicked(none)
  }
  // Keys act on what is selected; where nothing is, on the row.
  const targets = pickedGroups.length > 0 ? pickedGroups : target === undefined ? [] : [target]
  useFailureCommands({
    targets,
    onStatus: (status) => setStatus(targets, status),
    onEdit: () => setEditing(target ?? null),
    onPick: () => {
      if (active?.only === null) pick(active.group.id)
    },
    onMerge: pickedGroups.length > 1 ? () => setMerging(true) : null,
    onWindow: (window) => go({ window }),
    window: listing.window,
  })
  const wrong = hasCode(error, 'FILTER_INVALID')

  return (
    <>
      <PageHeader
        title={t('title')}
        meta={
          data === undefined
            ? undefined
            : `${t('groups', { count: data.total })} · ${t('failures', { count: data.failures })}`
        }
        filters={<Filters listing={listing} wrong={wrong} onChange={go} />}
        actions={
          <CompareMenu
            environment={environment}
            others={othersOf(search)}
            onToggle={(other) => go(toggledOther(search, other))}
          />
        }
      />
      {error !== null && data !== undefined && !wrong ? (
        <StaleBanner since={list.dataUpdatedAt} error={error} onRetry={() => void list.refetch()} />
      ) : null}
      <ComparisonNotice others={others} />
      <SplitView
        name="failure"
        detail={
          open === null ? null : (
            <GroupPane
              key={open}
              environment={environment}
              group={open}
              window={listing.window}
              onStatus={(status) => update({ environment, group: open, status })}
              onEdit={(group) => setEditing(group)}
              onOpen={(group) => go({ group })}
              onClose={() => go({ group: undefined })}
            />
          )
        }
      >
        <div
          className={classes.content}
          data-stale={away || (error !== null && !wrong) || undefined}
        >
          {data === undefined || wrong ? (
            error === null ? (
              <LoadingRows />
            ) : (
              <ErrorState
                error={error}
                retrying={list.isFetching}
                actions={
                  hasCode(error, 'MIRROR_UNAVAILABLE') ? (
                    <ToMirror environment={environment} />
                  ) : wrong ? (
                    <Button variant="default" onClick={() => go({ filter: undefined })}>
                      {t('empty.clear')}
                    </Button>
                  ) : undefined
                }
                {...(wrong ? {} : { onRetry: () => void list.refetch() })}
              />
            )
          ) : (
            <>
              <section className={classes.whole} aria-label={t('whole')}>
                <TrendChart
                  trend={data.trend}
                  window={listing.window}
                  count={data.failures}
                  at={list.dataUpdatedAt}
                />
              </section>
              <StatusTabs search={search} current={listing.status} counts={data.counts} />
              {rows.length === 0 ? (
                <NoFailures
                  listing={listing}
                  coverage={data.coverage}
                  onClear={() => go({ filter: undefined })}
                  onLonger={(window) => go({ window })}
                />
              ) : (
                <FailureList
                  rows={rows}
                  others={others}
                  sort={listing.sort}
                  open={open}
                  picked={picked}
                  onSort={(sort) => go({ sort: sort === 'last' ? undefined : sort })}
                  onOpen={openRow}
                  onPick={pick}
                  onActiveChange={setActiveId}
                  footer={
                    <ListEnd
                      shown={data.groups.length}
                      total={data.total}
                      loading={list.isFetching}
                      onMore={limit < data.total ? setLimit : null}
                    />
                  }
                />
              )}
              {pickedGroups.length === 0 ? (
                <StatusBar end={t(`window.in.${listing.window}`)}>
                  <CoverageLine coverage={data.coverage} />
                </StatusBar>
              ) : (
                <SelectionBar
                  groups={pickedGroups}
                  onStatus={(status) => setStatus(pickedGroups, status)}
                  onMerge={() => setMerging(true)}
                  onClear={() => setPicked(none)}
                />
              )}
            </>
          )}
        </div>
      </SplitView>
      {editing === null ? null : (
        <NoteDialog
          key={editing.id}
          environment={environment}
          group={editing}
          onClose={() => setEditing(null)}
        />
      )}
      {merging ? (
        <MergeDialog
          environment={environment}
          groups={pickedGroups}
          onMerged={(into) => {
            setMerging(false)
            setPicked(none)
            go({ group: into })
          }}
          onClose={() => setMerging(false)}
        />
      ) : null}
    </>
  )
}
