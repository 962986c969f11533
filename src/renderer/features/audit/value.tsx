import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { jobStateSchema } from '#shared/contract/job-state.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { Bytes } from '../../ui/figures.tsx'
import { instantOf } from './details.ts'

const processSchema = z.object({ host: z.string(), pid: z.number() })

/** What the audit kept in one field of an action. */
export function Value({ name, value }: { name: string; value: unknown }): ReactNode {
  const { t } = useTranslation(['audit', 'common'])
  const format = useFormat()
  const instant = instantOf(name, value)
  if (instant !== null) return <span className="tabular">{format.exact(instant)}</span>
  if (typeof value === 'boolean') return value ? t('yes') : t('no')
  if (typeof value === 'number') {
    return name === 'dataSize' ? <Bytes value={value} /> : format.count(value)
  }
  const process = name === 'process' ? processSchema.safeParse(value) : null
  if (process?.success) return t('process', process.data)
  if (typeof value !== 'string')
    return <span className="mono">{JSON.stringify(value, null, 1)}</span>
  if (name === 'dataDigest')
    return <CopyText text={value} what={t('field.dataDigest')} shorten={24} />
  const state = name === 'state' ? jobStateSchema.safeParse(value) : null
  return state?.success ? t(`common:state.${state.data}`) : value
}
