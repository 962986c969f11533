import { useTranslation } from 'react-i18next'
import { useNow } from '../lib/clock.ts'
import { useFormat } from '../lib/format/use-format.ts'
import { Hint } from './hint.tsx'

interface TimeProps {
  /** Milliseconds since the epoch; null shows a dash. */
  at: number | null
}

/** How long ago or in how long, ticking; the exact time and zone on hover and focus. */
export function Time({ at }: TimeProps) {
  const { t } = useTranslation('ui')
  if (at === null) return <span className="dim">{t('notYet')}</span>
  return <Ticking at={at} />
}

function Ticking({ at }: { at: number }) {
  const format = useFormat()
  const now = useNow()
  return (
    <Hint label={format.exact(at)}>
      <time dateTime={new Date(at).toISOString()}>{format.relative(at, now)}</time>
    </Hint>
  )
}
