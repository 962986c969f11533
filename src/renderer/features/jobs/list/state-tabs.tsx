import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { StateCounts } from '#shared/contract/queues.ts'
import { jobStates, type JobState } from '#shared/domain/job-state.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { stateLooks } from '../state/state-look.ts'
import classes from './job-list.module.css'

interface StateTabsProps {
  queue: string
  state: JobState
  /** Undefined until the first update came. */
  counts: StateCounts | undefined
}

/** The states of a queue with their live counts; each a link. */
export function StateTabs({ queue, state, counts }: StateTabsProps) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  return (
    <nav className={classes.states} aria-label={t('states')}>
      {jobStates.map((each) => {
        const { icon: Icon, tone } = stateLooks[each]
        const count = counts?.[each]
        return (
          <Link
            key={each}
            from="/e/$environment/jobs"
            to="."
            search={{ queue, state: each }}
            className={classes.state}
            data-tone={tone}
            data-some={(count ?? 0) > 0 || undefined}
            aria-current={each === state ? 'page' : undefined}
          >
            <span className={classes.stateIcon}>
              <Icon size={14} stroke={1.8} aria-hidden />
            </span>
            {t(`inState.${each}`, { count: count ?? 2 })}
            {count === undefined ? null : (
              <span
                className={classes.stateCount}
                title={count >= 100_000 ? format.count(count) : undefined}
              >
                {count >= 100_000 ? format.compact(count) : format.count(count)}
              </span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}
