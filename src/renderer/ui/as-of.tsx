import { useTranslation } from 'react-i18next'
import { useNow } from '../lib/clock.ts'
import { useFormat } from '../lib/format/use-format.ts'

/** What is younger than this needs no mark, in milliseconds: it would only flicker. */
const young = 2_000

/** Marks what was seen on an earlier visit, until it has been read again. */
export function AsOf({ at }: { at: number | null }) {
  return at === null ? null : <Mark at={at} />
}

function Mark({ at }: { at: number }) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const now = useNow()
  return now - at < young ? null : <>{t('asOf', { ago: format.relative(at, now) })}</>
}
