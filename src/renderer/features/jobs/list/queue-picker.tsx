import { Select } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { memo, type Ref, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Queue } from '#shared/contract/queues.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { byTrouble } from '../../queues/queue-order.ts'
import classes from './job-list.module.css'

interface QueuePickerProps {
  environment: string
  queue: string | null
  onChoose: (queue: Queue) => void
  ref?: Ref<HTMLInputElement>
}

/** The environment's queues, freshly read at most every ten seconds; each second while they are being found. */
export function useQueueList(environment: string) {
  return useQuery(
    orpc.queues.list.queryOptions({
      input: { environment },
      staleTime: 10_000,
      refetchInterval: ({ state: { data } }) =>
        data !== undefined && data.discovery.finishedAt === null ? 1000 : false,
    }),
  )
}

function PlainQueuePicker({ environment, queue, onChoose, ref }: QueuePickerProps) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const { data, refetch } = useQueueList(environment)
  const queues = useMemo(() => byTrouble(data?.queues ?? []), [data])
  const failed = new Map(queues.map(({ name, counts }) => [name, counts.failed]))
  const names = queues.map(({ name }) => name)
  return (
    <Select
      ref={ref}
      className={classes.picker}
      aria-label={t('queue.label')}
      placeholder={t('queue.toQueues')}
      leftSection={<IconStack2 size={14} stroke={1.6} aria-hidden />}
      data={queue === null || names.includes(queue) ? names : [queue, ...names]}
      value={queue}
      searchable
      limit={200}
      allowDeselect={false}
      maxDropdownHeight={360}
      nothingFoundMessage={t('queue.nothing')}
      comboboxProps={{ width: 300, position: 'bottom-start', transitionProps: { duration: 0 } }}
      onDropdownOpen={() => void refetch()}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={(name) => {
        const chosen = queues.find((each) => each.name === name)
        if (chosen !== undefined) {
          onChoose(chosen)
        }
      }}
      renderOption={({ option }) => {
        const count = failed.get(option.value) ?? 0
        return (
          <span className={classes.option}>
            <span className={classes.optionName}>{option.label}</span>
            {count === 0 ? null : (
              <span className={classes.optionFailed}>
                {t('queue.failed', { value: format.compact(count), count })}
              </span>
            )}
          </span>
        )
      }}
    />
  )
}

/** Chooses a queue by typing a part of its name; those with failures come first and say so. */
export const QueuePicker = memo(PlainQueuePicker)
