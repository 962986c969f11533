import { SegmentedControl } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureList } from '#shared/contract/failures.ts'
import { useCommands } from '../../lib/commands/index.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { FilterInput } from '../../ui/filter-input.tsx'
import classes from './failures.module.css'
import { type FailuresSearch, type Listing, statuses, windows } from './search.ts'

interface FiltersProps {
  listing: Listing
  /** The filter is not understood. */
  wrong: boolean
  onChange: (change: Partial<FailuresSearch>) => void
}

/** What is searched for in queue, name and text, and how far back. */
export function Filters({ listing, wrong, onChange }: FiltersProps) {
  const { t } = useTranslation('failures')
  return (
    <>
      <FilterField
        value={listing.filter}
        wrong={wrong}
        onChange={(filter) => onChange({ filter: filter === '' ? undefined : filter })}
      />
      <SegmentedControl
        aria-label={t('window.label')}
        value={listing.window}
        data={windows.map((value) => ({ value, label: t(`window.${value}`) }))}
        onChange={(value) => {
          const window = windows.find((each) => each === value)
          if (window !== undefined) onChange({ window: window === '24h' ? undefined : window })
        }}
      />
    </>
  )
}

interface FilterFieldProps {
  value: string
  wrong: boolean
  onChange: (filter: string) => void
}

function FilterField({ value, wrong, onChange }: FilterFieldProps) {
  const { t } = useTranslation('failures')
  const field = useRef<HTMLInputElement>(null)
  useCommands([
    {
      id: 'page.filter',
      label: t('command.filter'),
      group: 'page',
      icon: IconFilter,
      shortcut: '/',
      run: () => field.current?.select(),
    },
  ])
  return (
    <FilterInput
      field={field}
      className={classes.filter}
      label={t('filter')}
      placeholder={t('filterPlaceholder')}
      value={value}
      wrong={wrong}
      leftSection={<IconFilter size={14} aria-hidden />}
      onChange={onChange}
    />
  )
}

/** Or the address of the open ones, which names no status, would count as current with each. */
const sameAddress = { exact: true, includeSearch: true }

interface StatusTabsProps {
  search: FailuresSearch
  current: Listing['status']
  counts: FailureList['counts'] | undefined
}

/** Open, resolved, muted and all groups with their numbers; each a link. */
export function StatusTabs({ search, current, counts }: StatusTabsProps) {
  const { t } = useTranslation('failures')
  const format = useFormat()
  const all = counts === undefined ? undefined : counts.open + counts.resolved + counts.muted
  return (
    <nav className={classes.statuses} aria-label={t('status.label')}>
      {statuses.map((status) => {
        const count = status === 'all' ? all : counts?.[status]
        return (
          <Link
            key={status}
            from="/e/$environment/failures"
            to="."
            search={{ ...search, group: undefined, status: status === 'open' ? undefined : status }}
            activeOptions={sameAddress}
            className={classes.status}
            aria-current={status === current ? 'page' : undefined}
          >
            {t(`status.${status}`)}
            {count === undefined ? null : (
              <span className={classes.statusCount}>{format.count(count)}</span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}
