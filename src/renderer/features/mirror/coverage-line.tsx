import { useTranslation } from 'react-i18next'
import type { Coverage } from '#shared/contract/job-search.ts'
import { useNow } from '../../lib/clock.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { Hint } from '../../ui/hint.tsx'

/** The stacks of the newest jobs are always still being read. */
const enough = 0.99

/** What an answer from the mirror covers, in words: of when it is, and what is not in it yet. */
export function CoverageLine({ coverage }: { coverage: Coverage }) {
  const { t } = useTranslation('mirror')
  const format = useFormat()
  const now = useNow()
  const { asOf, behind, backfilled, detailed, tooLong, state } = coverage
  const told =
    state === 'paused' || state === 'offline' || state === 'failed' || state === 'elsewhere'
  const parts = [
    asOf === null
      ? t('coverage.never')
      : t('coverage.asOf', { time: format.clock(asOf, now, 'seconds') }),
    ...(told ? [t(`coverage.${state}`)] : []),
    ...(behind === 0 ? [] : [t('coverage.behind', { count: behind })]),
    ...(backfilled === 1 ? [] : [t('coverage.backfilled', { share: format.share(backfilled) })]),
    ...(detailed >= enough ? [] : [t('coverage.detailed', { share: format.share(detailed) })]),
    ...(tooLong === 0 ? [] : [t('coverage.tooLong', { count: tooLong })]),
  ]
  return (
    <Hint label={asOf === null ? '' : format.exact(asOf)} disabled={asOf === null}>
      <span className="tabular">{parts.join(' · ')}</span>
    </Hint>
  )
}
