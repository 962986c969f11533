import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommands } from '../../lib/commands/index.ts'
import classes from './audit.module.css'

const typingPause = 250

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
      <Filter
        field={first}
        label={t('queueFilter')}
        value={queue ?? ''}
        onChange={(text) => onChange({ queue: text === '' ? undefined : text })}
      />
      <Filter
        label={t('jobFilter')}
        value={job ?? ''}
        onChange={(text) => onChange({ job: text === '' ? undefined : text })}
      />
    </>
  )
}

interface FilterProps {
  label: string
  value: string
  field?: RefObject<HTMLInputElement | null>
  onChange: (text: string) => void
}

function Filter({ label, value, field, onChange }: FilterProps) {
  const { t } = useTranslation('common')
  const [text, setText] = useState(value)
  const told = useRef(value)
  const tell = useDebouncedCallback((next: string) => {
    told.current = next
    onChange(next)
  }, typingPause)
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setText(value)
  }, [value])
  return (
    <TextInput
      ref={field}
      className={classes.filter}
      aria-label={label}
      placeholder={label}
      value={text}
      spellCheck={false}
      onChange={(event) => {
        setText(event.currentTarget.value)
        tell(event.currentTarget.value.trim())
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
      rightSection={
        text === '' ? null : (
          <CloseButton
            size="xs"
            aria-label={t('clear')}
            onClick={() => {
              setText('')
              tell('')
            }}
          />
        )
      }
    />
  )
}
