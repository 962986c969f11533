import { TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconRefresh, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobValue } from '#shared/contract/jobs.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { EmptyState, ErrorState, LoadingRows } from '../../../ui/states.tsx'
import { VirtualText } from '../text/virtual-text.tsx'
import { visibleText } from '../text/visible-text.ts'
import classes from './detail.module.css'
import type { JobAddress } from './use-job-detail.ts'

type Field = JobValue & { name: string }

/** The hash as it stands in Redis: every field with its size. */
export function RawTab({ address }: { address: JobAddress }) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const [words, setWords] = useState('')
  const raw = useQuery(orpc.jobs.raw.queryOptions({ input: address, staleTime: 0 }))
  const { data } = raw
  if (data === undefined) {
    return raw.error === null ? (
      <LoadingRows rows={8} />
    ) : (
      <ErrorState error={raw.error} onRetry={() => void raw.refetch()} retrying={raw.isFetching} />
    )
  }
  const wanted = words.trim().toLowerCase()
  const fields = data.fields.filter(
    ({ name, text }) =>
      wanted === '' || name.toLowerCase().includes(wanted) || text.toLowerCase().includes(wanted),
  )
  const size = data.fields.reduce((sum, field) => sum + field.size, 0)
  return (
    <div className={classes.raw}>
      <div className={classes.rawBar}>
        <TextInput
          className={classes.rawFind}
          type="search"
          aria-label={t('raw.find')}
          placeholder={t('raw.find')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={words}
          onChange={({ currentTarget: { value } }) => setWords(value)}
        />
        <span className={classes.rawSum}>
          {t('raw.fields', { count: data.fields.length })} · {format.bytes(size)}
        </span>
        <IconButton
          label={t('raw.refresh')}
          icon={IconRefresh}
          loading={raw.isFetching}
          onPress={() => void raw.refetch()}
        />
      </div>
      <div className={classes.rawKey}>
        <CopyText text={data.key} what={t('raw.key')} />
      </div>
      {fields.length === 0 ? (
        <EmptyState title={t('raw.none')} />
      ) : (
        fields.map((field) => <RawField key={field.name} field={field} />)
      )}
    </div>
  )
}

/** Characters of a value that stand on its line. */
const preview = 200

function RawField({ field }: { field: Field }) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const [open, setOpen] = useState(false)
  return (
    <div className={classes.field}>
      <UnstyledButton
        className={classes.fieldHead}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? (
          <IconChevronDown size={12} stroke={2} aria-hidden />
        ) : (
          <IconChevronRight size={12} stroke={2} aria-hidden />
        )}
        <span className={classes.fieldName}>{visibleText(field.name)}</span>
        <span className={classes.fieldText}>{visibleText(field.text.slice(0, preview))}</span>
        <span className={classes.fieldSize}>{format.bytes(field.size)}</span>
      </UnstyledButton>
      {open ? (
        <div className={classes.fieldWhole}>
          <div className={classes.fieldTools}>
            {field.cut ? <span>{t('raw.cutHint')}</span> : null}
            <CopyText text={field.text} what={t('raw.value')} iconOnly />
          </div>
          <VirtualText label={field.name} text={field.text} />
        </div>
      ) : null}
    </div>
  )
}
