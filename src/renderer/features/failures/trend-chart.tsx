import { useTranslation } from 'react-i18next'
import type { FailureWindow } from '#shared/contract/failures.ts'
import { useNow } from '../../lib/clock.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { Bars } from '../../ui/bars.tsx'
import classes from './failures.module.css'
import { barsOf } from './trend.ts'

interface TrendChartProps {
  trend: readonly number[]
  window: FailureWindow
  /** Failures of the window. */
  count: number
  /** When the figures were told. */
  at: number
}

/** Failures over the window, with the times it spans and how many the highest bar stands for. */
export function TrendChart({ trend, window, count, at }: TrendChartProps) {
  const { t } = useTranslation('failures')
  const format = useFormat()
  const now = useNow()
  const bars = barsOf(window, at)
  const clock = (time: number) => format.clock(time, now)
  const most = Math.max(0, ...trend)
  return (
    <div className={classes.chart}>
      <div className={classes.bars}>
        <Bars
          values={trend}
          label={t('trendOf', { count })}
          titleOf={(index) => {
            const bar = bars[index]
            const times =
              bar === undefined ? '' : t('barTimes', { from: clock(bar.from), to: clock(bar.to) })
            return t('bar', { times, count: trend[index] ?? 0 })
          }}
        />
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{clock(bars[0]?.from ?? at)}</span>
        <span>{most === 0 ? null : t('highest', { count: most })}</span>
        <span>{t('now')}</span>
      </div>
    </div>
  )
}
