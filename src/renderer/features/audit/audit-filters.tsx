import { IconFilter } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../../lib/commands/index.ts'
import { FilterInput } from '../../ui/filter-input.tsx'
import classes from './audit.module.css'

interface AuditFiltersProps {
  queue: string | undefined
  job: string | undefined
  onChange: (change: { queue?: string | undefined; job?: string | undefined }) => void
}

/** Queue and job, each by its whole name. */
export function AuditFilters({ queue, job, onChange }: AuditFiltersProps) {
  const { t } = useTranslation('audit')
  const first = useRef<HTMLInputElement>(null)
  useCommands([
    {
      id: 'page.filter',
      label: t('focusFilter'),
      group: 'page',
      icon: IconFilter,
      shortcut: '/',
      run: () => first.current?.select(),
    },
  ])
  return (
    <>
      <FilterInput
        field={first}
        className={classes.filter}
        label={t('queueFilter')}
        placeholder={t('queueFilter')}
        value={queue ?? ''}
        onChange={(text) => onChange({ queue: text === '' ? undefined : text })}
      />
      <FilterInput
        className={classes.filter}
        label={t('jobFilter')}
        placeholder={t('jobFilter')}
        value={job ?? ''}
        onChange={(text) => onChange({ job: text === '' ? undefined : text })}
      />
    </>
  )
}
