import { IconStack } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { StateCounts } from '#shared/contract/queues.ts'
import { jobStates, type JobState } from '#shared/domain/job-state.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import type { JobsSearch } from '../search.ts'
import { stateLooks } from '../state/state-look.ts'
import classes from './job-list.module.css'

interface StateTabsProps {
  /** The states that are listed; none for all. */
  states: readonly JobState[]
  /** Undefined until they are known. */
  counts: Partial<StateCounts> | undefined
  /** Where a state is listed, or all of them. */
  addressOf: (state: JobState | null) => JobsSearch
}

/** Or an address that lists less would count as current, too. */
const sameAddress = { exact: true, includeSearch: true }

function PlainStateTabs({ states, counts, addressOf }: StateTabsProps) {
  const { t } = useTranslation(['jobs', 'jobSearch'])
  const format = useFormat()
  return (
    <nav className={classes.states} aria-label={t('states')}>
      <Link
        from="/e/$environment/jobs"
        to="."
        search={addressOf(null)}
        activeOptions={sameAddress}
        className={classes.state}
        data-tone="neutral"
        aria-current={states.length === 0 ? 'page' : undefined}
      >
        <span className={classes.stateIcon}>
          <IconStack size={14} stroke={1.8} aria-hidden />
        </span>
        {t('jobSearch:states.all')}
      </Link>
      {jobStates.map((each) => {
        const { icon: Icon, tone } = stateLooks[each]
        const count = counts?.[each]
        return (
          <Link
            key={each}
            from="/e/$environment/jobs"
            to="."
            search={addressOf(each)}
            activeOptions={sameAddress}
            className={classes.state}
            data-tone={tone}
            data-some={(count ?? 0) > 0 || undefined}
            aria-current={states.includes(each) ? 'page' : undefined}
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

/** The states of jobs with their counts; each a link. */
export const StateTabs = memo(PlainStateTabs)
