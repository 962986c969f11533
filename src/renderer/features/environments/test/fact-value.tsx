import { useTranslation } from 'react-i18next'
import type { TestStep } from '#shared/contract/connection-tests.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import type { environmentTestWords } from './words.en.ts'
import classes from './test.module.css'

type Value = TestStep['facts'][string]
type KnownFact = keyof typeof environmentTestWords.fact

/** Which facts are more than text and numbers. */
const instants = new Set(['validFrom', 'validTo', 'lastSave'])
const durations = new Set(['offset', 'lag'])
const sizes = new Set(['used', 'maxmemory'])
const copied = new Set(['fingerprint', 'expected'])

/** The name of a fact in words, or as the console calls it. */
export function useFactLabel(): (name: string) => string {
  const { t } = useTranslation('environmentTest')
  const known = t as (key: `fact.${KnownFact}`, options: { defaultValue: string }) => string
  return (name) => known(`fact.${name as KnownFact}`, { defaultValue: name })
}

/** What a step of the test has seen: dates, times and sizes as such, lists by line. */
export function FactValue({ name, value }: { name: string; value: Value }) {
  const { t } = useTranslation('environmentTest')
  const format = useFormat()
  const label = useFactLabel()
  if (typeof value === 'boolean') return <>{t(value ? 'yes' : 'no')}</>
  if (Array.isArray(value)) {
    return (
      <ul className={classes.values}>
        {value.map((line, index) => (
          <li key={`${String(index)} ${line}`}>{line}</li>
        ))}
      </ul>
    )
  }
  const at = instants.has(name) && value !== null ? new Date(value).getTime() : Number.NaN
  if (!Number.isNaN(at))
    return <time dateTime={new Date(at).toISOString()}>{format.exact(at)}</time>
  if (typeof value === 'number') {
    if (durations.has(name)) return <>{format.duration(Math.abs(value))}</>
    return <>{sizes.has(name) ? format.bytes(value) : format.count(value)}</>
  }
  const text = value ?? '–'
  return copied.has(name) ? <CopyText text={text} what={label(name)} /> : <>{text}</>
}
