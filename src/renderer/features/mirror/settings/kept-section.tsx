import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { mirrorSettingsSchema } from '#shared/contract/mirror.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import type { Draft, Problem } from './draft.ts'
import classes from './settings.module.css'

const choices = mirrorSettingsSchema.shape.payloadText.options
const sizes = [1024, 4096, 16_384, 65_536]
/** A text stands in the file, and again in the indexes of words and of characters, at most. */
const copies = 3

interface KeptSectionProps {
  environment: string
  draft: Draft
  problem: Problem | undefined
  onChange: (change: Partial<Draft>) => void
}

/** How long jobs are kept that are gone, and whose payload can be searched, with what that costs. */
export function KeptSection({ environment, draft, problem, onChange }: KeptSectionProps) {
  const { t } = useTranslation('mirror')
  const format = useFormat()
  const id = useId()
  const { payloadText, payloadBytes } = draft
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id} className={classes.title}>
        {t('settings.kept')}
      </h2>
      <TextInput
        className={classes.days}
        label={t('settings.retention')}
        description={t('settings.retentionHint')}
        inputMode="numeric"
        value={draft.retentionDays}
        error={problem === undefined ? undefined : t('settings.retentionWrong')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={({ currentTarget }) => onChange({ retentionDays: currentTarget.value })}
      />
      <div className={classes.payloadChoice}>
        <div className={classes.label}>{t('settings.payload')}</div>
        <div className={classes.hint}>{t('settings.payloadHint')}</div>
        <SegmentedControl
          aria-label={t('settings.payload')}
          value={payloadText}
          data={choices.map((value) => ({ value, label: t(`settings.payloads.${value}`) }))}
          onChange={(value) => {
            const choice = choices.find((each) => each === value)
            if (choice !== undefined) onChange({ payloadText: choice })
          }}
        />
        {payloadText === 'off' ? (
          <p className={classes.hint}>{t('settings.payloadOff')}</p>
        ) : (
          <>
            <Cost environment={environment} which={payloadText} bytes={payloadBytes} />
            <p className={classes.warning}>
              <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
              <span>{t('settings.payloadWarning')}</span>
            </p>
            <Select
              className={classes.bytes}
              label={t('settings.bytes')}
              description={t('settings.bytesHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              allowDeselect={false}
              data={[...new Set([...sizes, payloadBytes])]
                .toSorted((one, other) => one - other)
                .map((size) => ({ value: String(size), label: format.bytes(size) }))}
              value={String(payloadBytes)}
              onChange={(value) => onChange({ payloadBytes: Number(value) })}
            />
          </>
        )}
      </div>
    </section>
  )
}

interface CostProps {
  environment: string
  which: 'failed' | 'all'
  bytes: number
}

function Cost({ environment, which, bytes }: CostProps) {
  const { t } = useTranslation('mirror')
  const format = useFormat()
  const { data } = useQuery(orpc.mirror.status.queryOptions({ input: { environment } }))
  if (data === undefined) return null
  const failed = data.queues.reduce((sum, { counts }) => sum + (counts.failed ?? 0), 0)
  const count = which === 'failed' ? failed : data.rows
  return (
    <p className={classes.hint}>
      {t('settings.payloadCost', { bytes: format.bytes(count * bytes * copies), count })}
    </p>
  )
}
