import { Checkbox } from '@mantine/core'
import { IconNote } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/format/use-format.ts'
import { Bars } from '../../../ui/bars.tsx'
import { Count } from '../../../ui/figures.tsx'
import { Time } from '../../../ui/time.tsx'
import { visibleText } from '../../jobs/text/visible-text.ts'
import type { Compared } from '../compare/compare.ts'
import { ComparedCounts } from '../compare/compared-counts.tsx'
import classes from '../failures.module.css'
import { GroupBadges } from '../group-badges.tsx'
import { GroupName, nameOf } from '../group-name.tsx'
import { Places } from '../places.tsx'

interface FailureRowProps {
  row: Compared
  /** From 1. */
  place: number
  comparing: boolean
  focusable: boolean
  open: boolean
  picked: boolean
  onFocus: () => void
  onOpen: () => void
  onPick: () => void
}

/** One group of failures: what, where, how often, since when. */
export function FailureRow(props: FailureRowProps) {
  const { row, comparing, open, picked } = props
  const { t } = useTranslation('failures')
  const format = useFormat()
  const { group, only } = row
  return (
    // The grid handles the keys of all its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      className={classes.row}
      aria-rowindex={props.place + 1}
      aria-selected={open}
      data-picked={picked || undefined}
      data-elsewhere={only !== null || undefined}
      data-quiet={group.status !== 'open' || undefined}
      tabIndex={props.focusable ? 0 : -1}
      onFocus={props.onFocus}
      onClick={props.onOpen}
    >
      <div role="gridcell" data-column="pick">
        {only === null ? (
          <Checkbox
            aria-label={t('pick', { name: nameOf(group) })}
            checked={picked}
            tabIndex={-1}
            onClick={(event) => event.stopPropagation()}
            onChange={props.onPick}
          />
        ) : null}
      </div>
      <div role="gridcell" data-column="what">
        <div className={classes.name} title={nameOf(group)}>
          <GroupName group={group} />
        </div>
        <div className={classes.second}>
          <GroupBadges group={group} />
          {only === null ? null : (
            <span className={classes.only}>{t('compare.only', { environment: only.name })}</span>
          )}
          {group.note === null && group.runbook === null ? null : (
            <IconNote size={14} stroke={1.6} role="img" aria-label={t('hasNote')} />
          )}
          {group.frame === null ? null : (
            <span className={classes.frame} title={visibleText(group.frame)}>
              {visibleText(group.frame)}
            </span>
          )}
          <Places group={group} />
        </div>
      </div>
      <div role="gridcell" data-column="trend">
        <Bars values={group.trend} label={t('trendOf', { count: group.count })} tone="neutral" />
      </div>
      <div role="gridcell" data-column="count">
        {only === null ? (
          <>
            <div className={classes.figure}>
              <Count value={group.count} compact />
            </div>
            <div className={classes.under}>{format.share(group.share)}</div>
          </>
        ) : (
          <span className="dim">–</span>
        )}
      </div>
      {comparing ? (
        <ComparedCounts counts={row.counts} />
      ) : (
        <>
          <div role="gridcell" data-column="now">
            <Count value={group.failedNow} compact />
          </div>
          <div role="gridcell" data-column="users">
            <Count value={group.users} compact />
          </div>
        </>
      )}
      <div role="gridcell" data-column="last">
        <Time at={group.lastSeenAt} />
      </div>
      <div role="gridcell" data-column="first">
        <Time at={group.firstSeenAt} />
      </div>
    </div>
  )
}
