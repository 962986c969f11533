import { IconCloudOff, IconDatabaseOff, IconLoader2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { Count } from '../../../ui/figures.tsx'
import { Hint } from '../../../ui/hint.tsx'
import classes from '../failures.module.css'
import type { Other } from './use-compared.ts'

/** A group's failures in each of the environments beside this one. */
export function ComparedCounts({ counts }: { counts: readonly (number | null)[] }) {
  return counts.map((count, index) => (
    // One for each environment, always in the same order.
    // oxlint-disable-next-line react/no-array-index-key
    <div key={index} role="gridcell" data-column="other">
      <Count value={count} compact />
    </div>
  ))
}

/** The name of an environment beside this one, and why there is nothing of it, if so. */
export function OtherHeader({ other }: { other: Other }) {
  const { t } = useTranslation('failures')
  const describe = useDescribeError()
  const { environment, error, state } = other
  const words = {
    asked: t('compare.asked'),
    failed: error === null ? '' : describe(error).title,
    unmirrored: t('compare.unmirrored'),
    offline: t('compare.offline'),
    shown: null,
  }[state]
  const Icon = {
    asked: IconLoader2,
    failed: IconCloudOff,
    unmirrored: IconDatabaseOff,
    offline: IconCloudOff,
    shown: null,
  }[state]
  return (
    <div
      role="columnheader"
      data-column="other"
      data-color={environment.color}
      aria-label={words === null ? environment.name : `${environment.name}: ${words}`}
    >
      <Hint label={words === null ? environment.name : `${environment.name}: ${words}`}>
        <span className={classes.otherName}>
          {Icon === null ? null : <Icon size={12} stroke={2} aria-hidden />}
          <span>{environment.name}</span>
        </span>
      </Hint>
    </div>
  )
}
