import { useTranslation } from 'react-i18next'
import type { Queue } from '#shared/contract/queues.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { StatusBar } from '../../ui/status-bar.tsx'
import { stateLooks } from '../jobs/state/state-look.ts'
import { totalsOf } from './queue-order.ts'
import classes from './queues.module.css'

/** One line under the table: the sums of the queues shown. */
export function QueueTotals({ queues }: { queues: readonly Queue[] }) {
  const { t } = useTranslation(['queues', 'jobs'])
  const format = useFormat()
  const { counts, rateIn, rateOut } = totalsOf(queues)
  return (
    <StatusBar
      label={t('totals')}
      end={
        <>
          {rateIn === null ? null : (
            <span>{t('rateIn', { value: format.decimal(rateIn, rateIn < 10 ? 1 : 0) })}</span>
          )}
          {rateOut === null ? null : (
            <span>{t('rateOut', { value: format.decimal(rateOut, rateOut < 10 ? 1 : 0) })}</span>
          )}
        </>
      }
    >
      {jobStates
        .filter((state) => counts[state] > 0)
        .map((state) => {
          const { icon: Icon, tone } = stateLooks[state]
          return (
            <span key={state} className={classes.total}>
              <span className={classes.totalIcon} data-tone={tone}>
                <Icon size={14} stroke={1.8} aria-hidden />
              </span>
              <span className="tabular">{format.count(counts[state])}</span>
              <span className="dim">{t(`jobs:inState.${state}`, { count: counts[state] })}</span>
            </span>
          )
        })}
    </StatusBar>
  )
}
