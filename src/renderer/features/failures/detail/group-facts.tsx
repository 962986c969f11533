import { useTranslation } from 'react-i18next'
import type { FailureGroupDetail } from '#shared/contract/failures.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { FactList } from '../../../ui/fact-list.tsx'
import { Count } from '../../../ui/figures.tsx'
import { Time } from '../../../ui/time.tsx'
import { CoverageLine } from '../../mirror/coverage-line.tsx'
import classes from '../failures.module.css'
import type { Listing } from '../search.ts'

interface GroupFactsProps {
  group: FailureGroupDetail
  window: Listing['window']
}

/** How often, how many, since when; and who said what of it last. */
export function GroupFacts({ group, window }: GroupFactsProps) {
  const { t } = useTranslation('failures')
  const format = useFormat()
  const { changedBy, changedAt } = group
  return (
    <div className={classes.section}>
      <FactList
        facts={[
          {
            label: t('fact.count'),
            value: (
              <>
                <Count value={group.count} />{' '}
                <span className="dim">
                  {t(`window.in.${window}`)} ·{' '}
                  {t('fact.share', { share: format.share(group.share) })}
                </span>
              </>
            ),
          },
          { label: t('fact.now'), value: <Count value={group.failedNow} /> },
          { label: t('fact.users'), value: <Count value={group.users} /> },
          { label: t('fact.first'), value: <Time at={group.firstSeenAt} /> },
          { label: t('fact.last'), value: <Time at={group.lastSeenAt} /> },
          ...(changedAt === null
            ? []
            : [
                {
                  label: t('fact.changed'),
                  value: (
                    <>
                      <Time at={changedAt} /> {changedBy === null ? null : `· ${changedBy}`}
                    </>
                  ),
                },
              ]),
          { label: t('fact.covers'), value: <CoverageLine coverage={group.coverage} /> },
        ]}
      />
    </div>
  )
}
