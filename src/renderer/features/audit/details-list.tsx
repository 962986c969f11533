import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { jobStateSchema } from '#shared/domain/job-state.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Bytes } from '../../ui/figures.tsx'
import { fieldsOf, instantOf, isKnownField } from './details.ts'

const processSchema = z.object({ host: z.string(), pid: z.number() })

/** What the audit kept, field by field; a field this version does not know stands under its own name. */
export function DetailsList({ details }: { details: Record<string, unknown> }) {
  const { t } = useTranslation('audit')
  const facts = fieldsOf(details).map(([name, value]) => ({
    label: isKnownField(name) ? t(`field.${name}`) : name,
    value: <Value name={name} value={value} />,
  }))
  return facts.length === 0 ? <span className="dim">–</span> : <FactList facts={facts} />
}

function Value({ name, value }: { name: string; value: unknown }): ReactNode {
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
