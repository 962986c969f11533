import { useTranslation } from 'react-i18next'
import { useFormat } from '../lib/format/use-format.ts'
import { Hint } from './hint.tsx'

interface FigureProps {
  /** Null shows a dash. */
  value: number | null
}

/** A length of time in milliseconds, as "2 m 14 s". */
export function Duration({ value }: FigureProps) {
  const format = useFormat()
  return value === null ? <Dash /> : <span className="tabular">{format.duration(value)}</span>
}

/** A size in bytes, with the exact number on hover. */
export function Bytes({ value }: FigureProps) {
  const format = useFormat()
  if (value === null) return <Dash />
  return (
    <Hint label={`${format.count(value)} B`} disabled={value < 1024}>
      <span className="tabular">{format.bytes(value)}</span>
    </Hint>
  )
}

/** A whole number; nought is dimmed, so that what is there stands out. */
export function Count({ value, compact = false }: FigureProps & { compact?: boolean }) {
  const format = useFormat()
  if (value === null) return <Dash />
  const short = compact && value >= 100_000
  return (
    <Hint label={format.count(value)} disabled={!short}>
      <span className={value === 0 ? 'tabular dim' : 'tabular'}>
        {short ? format.compact(value) : format.count(value)}
      </span>
    </Hint>
  )
}

function Dash() {
  const { t } = useTranslation('ui')
  return <span className="dim">{t('notYet')}</span>
}
