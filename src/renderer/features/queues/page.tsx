import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconPlus, IconSearch, IconStack2 } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Queue } from '#shared/contract/queues.ts'
import { orpc } from '../../lib/client/index.ts'
import { useCommands } from '../../lib/commands/index.ts'
import { useAway } from '../../lib/environments.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { AsOf } from '../../ui/as-of.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ErrorState, LoadingRows, StaleBanner } from '../../ui/states.tsx'
import { VirtualTable } from '../../ui/table/index.ts'
import { AddQueueDialog } from './add-queue-dialog.tsx'
import { DiscoveryStatus } from './discovery-status.tsx'
import { NoQueues } from './no-queues.tsx'
import { countOnly, stateToOpen } from './queue-order.ts'
import { QueueTotals } from './queue-totals.tsx'
import classes from './queues.module.css'
import { onlyOf, onlyOptions, sortOf, sortText, toggled } from './search.ts'
import { Toggle } from './toggle.tsx'
import { useQueueColumns } from './use-queue-columns.tsx'
import { useQueuesView } from './use-queues-view.ts'

const keyOf = (queue: Queue) => queue.name

/** All queues of an environment, trouble first. */
export function QueuesPage() {
  const { t } = useTranslation('queues')
  const format = useFormat()
  const navigate = useNavigate()
  const { environment, search, live, queues, shown, setOnScreen, setSearch } = useQueuesView()
  const away = useAway(environment)
  const columns = useQueueColumns()
  const [adding, setAdding] = useState(false)
  const filter = useRef<HTMLInputElement>(null)
  const rescan = useMutation(orpc.queues.rescan.mutationOptions())
  const counts = countOnly(queues)
  const only = onlyOf(search)

  const open = (queue: Queue) =>
    void navigate({
      to: '/e/$environment/jobs',
      params: { environment },
      search: { queue: queue.name, state: stateToOpen(queue.counts) },
    })
  const scan = () => rescan.mutate({ environment })

  useCommands([
    {
      id: 'queues.filter',
      label: t('command.filter'),
      group: 'page',
      shortcut: '/',
      icon: IconSearch,
      run: () => filter.current?.focus(),
    },
    {
      id: 'queues.failures',
      label: t('command.failures'),
      group: 'page',
      icon: IconStack2,
      run: () => setSearch(toggled(search, 'failures')),
    },
    {
      id: 'queues.add',
      label: t('command.add'),
      group: 'page',
      icon: IconPlus,
      run: () => setAdding(true),
    },
    { id: 'queues.rescan', label: t('command.rescan'), group: 'page', run: scan },
  ])

  return (
    <>
      <PageHeader
        title={t('title')}
        meta={
          queues.length === 0 ? undefined : (
            <>
              {shown.length === queues.length
                ? t('metaAll', { count: queues.length })
                : t('meta', { shown: format.count(shown.length), count: queues.length })}{' '}
              <AsOf at={live.asOf} />
            </>
          )
        }
        filters={
          <>
            <TextInput
              ref={filter}
              className={classes.filter}
              type="search"
              aria-label={t('filter')}
              placeholder={t('filter')}
              leftSection={<IconSearch size={14} aria-hidden />}
              rightSection={
                search.q === undefined ? null : (
                  <CloseButton
                    size="xs"
                    aria-label={t('clearFilter')}
                    onClick={() => setSearch({ ...search, q: undefined })}
                  />
                )
              }
              value={search.q ?? ''}
              onChange={({ currentTarget: { value } }) =>
                setSearch({ ...search, q: value === '' ? undefined : value })
              }
              onKeyDown={(event) => {
                if (event.key === 'Escape') {
                  event.stopPropagation()
                  setSearch({ ...search, q: undefined })
                  event.currentTarget.blur()
                }
              }}
            />
            <div className={classes.toggles} role="group" aria-label={t('only.label')}>
              {onlyOptions.map((option) => (
                <Toggle
                  key={option}
                  pressed={only.includes(option)}
                  count={counts[option]}
                  onPress={() => setSearch(toggled(search, option))}
                >
                  {t(`only.${option}`)}
                </Toggle>
              ))}
              <Toggle
                pressed={search.sort === undefined}
                title={t('troubleFirstHint')}
                onPress={() => setSearch({ ...search, sort: undefined })}
              >
                {t('troubleFirst')}
              </Toggle>
            </div>
          </>
        }
        actions={
          <>
            {live.data === undefined ? null : (
              <DiscoveryStatus discovery={live.data.discovery} onRescan={scan} />
            )}
            <Button
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setAdding(true)}
            >
              {t('add')}
            </Button>
          </>
        }
      />
      {live.staleSince === null ? null : (
        <StaleBanner since={live.staleSince} error={live.error} onRetry={live.retry} />
      )}
      <div className={classes.content} data-stale={away || live.staleSince !== null || undefined}>
        {live.data === undefined ? (
          live.pending ? (
            <LoadingRows />
          ) : (
            <ErrorState error={live.error} onRetry={live.retry} />
          )
        ) : shown.length === 0 ? (
          <NoQueues
            environment={environment}
            total={queues.length}
            discovery={live.data.discovery}
            onAdd={() => setAdding(true)}
            onRescan={scan}
            onShowAll={() => setSearch({ sort: search.sort })}
          />
        ) : (
          <>
            <VirtualTable
              label={t('title')}
              columns={columns}
              rows={shown}
              rowKey={keyOf}
              remembered={`queues of ${environment}`}
              sort={sortOf(search)}
              onSortChange={(sort) => setSearch({ ...search, sort: sortText(sort) })}
              onOpen={open}
              onVisibleChange={setOnScreen}
            />
            <QueueTotals queues={shown} />
          </>
        )}
      </div>
      {adding ? (
        <AddQueueDialog
          environment={environment}
          known={queues.map(({ name }) => name)}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false)
            live.retry()
          }}
        />
      ) : null}
    </>
  )
}
