import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditRecord } from '#shared/contract/audit.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { SplitView } from '../../ui/split-view.tsx'
import { EmptyState, ErrorState, LoadingRows, StaleBanner } from '../../ui/states.tsx'
import { VirtualTable } from '../../ui/table/index.ts'
import { AuditDetail } from './audit-detail.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { ChainButton, ChainResult, useChain } from './chain.tsx'
import { useAuditColumns } from './use-audit-columns.tsx'
import { useAuditList } from './use-audit-list.ts'

const route = getRouteApi('/e/$environment/audit')
const keyOf = ({ sequence }: AuditRecord) => String(sequence)

/** Every action on the environment, also while its Redis is away. */
export function AuditPage() {
  const { t } = useTranslation(['audit', 'common'])
  const { environment } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { queue, job, entry } = search
  const list = useAuditList(environment, search)
  const columns = useAuditColumns()
  const chain = useChain()
  const filtered = queue !== undefined || job !== undefined
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const onEndReached = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const open = (sequence: string | undefined) =>
    void navigate({ search: { queue, job, entry: sequence }, replace: entry !== undefined })
  const filter = (change: { queue?: string | undefined; job?: string | undefined }) =>
    void navigate({ search: { queue, job, ...change }, replace: true })
  const clear = () => filter({ queue: undefined, job: undefined })

  return (
    <>
      <PageHeader
        title={t('common:page.audit')}
        meta={list.data === undefined ? undefined : t('total', { count: list.total })}
        filters={<AuditFilters queue={queue} job={job} onChange={filter} />}
        actions={<ChainButton chain={chain} />}
      />
      <ChainResult chain={chain} />
      {list.error !== null && list.data !== undefined ? (
        <StaleBanner since={list.dataUpdatedAt} error={list.error} />
      ) : null}
      <SplitView
        name="audit"
        detail={
          entry === undefined ? null : (
            <AuditDetail
              record={list.records.find((record) => keyOf(record) === entry)}
              loading={list.isPending}
              onClose={() => open(undefined)}
            />
          )
        }
      >
        {list.isPending ? <LoadingRows /> : null}
        {list.error !== null && list.data === undefined ? (
          <ErrorState
            error={list.error}
            retrying={list.isFetching}
            onRetry={() => void list.refetch()}
          />
        ) : null}
        {list.data !== undefined && list.records.length === 0 ? (
          <EmptyState
            icon={IconHistory}
            title={filtered ? t('emptyFiltered') : t('empty')}
            actions={
              filtered ? (
                <Button variant="default" onClick={clear}>
                  {t('clearFilters')}
                </Button>
              ) : undefined
            }
          >
            {filtered ? undefined : t('emptyText')}
          </EmptyState>
        ) : null}
        {list.records.length === 0 ? null : (
          <VirtualTable
            label={t('list')}
            columns={columns}
            rows={list.records}
            rowKey={keyOf}
            total={list.total}
            selected={entry ?? null}
            onOpen={(record) => open(keyOf(record))}
            onEndReached={onEndReached}
            loadingMore={isFetchingNextPage}
            anchored
          />
        )}
      </SplitView>
    </>
  )
}
