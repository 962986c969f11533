import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useNow } from '../../../lib/clock.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { Count, Duration } from '../../../ui/figures.tsx'
import { HealthWords } from '../connection/health-words.tsx'
import { useHealthWords } from '../connection/use-health-words.ts'
import { KindMark } from '../kind-mark.tsx'
import { LockMark } from '../lock/lock-mark.tsx'
import { CostCell } from './cost-cell.tsx'
import classes from './overview.module.css'
import { RowActions } from './row-actions.tsx'

interface EnvironmentRowProps {
  environment: Environment
  /** The one row that Tab reaches. */
  focusable: boolean
  selected: boolean
  onFocus: () => void
  onOpen: () => void
}

/** One environment: where it is, how it stands, what it costs, and what can be done. */
export function EnvironmentRow(props: EnvironmentRowProps) {
  const { environment, selected } = props
  const { t } = useTranslation('overview')
  const { name, address, health, lock, queues, demo } = environment
  return (
    // The grid handles the keys of all its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      className={classes.row}
      data-color={environment.color}
      aria-selected={selected}
      tabIndex={props.focusable ? 0 : -1}
      onFocus={props.onFocus}
      onClick={props.onOpen}
    >
      <div role="gridcell" data-column="name">
        <div className={classes.name}>
          <strong title={name}>{name}</strong>
          <KindMark environment={environment} />
          {demo ? <span className="dim">{t('demo')}</span> : null}
        </div>
        <div className={classes.second}>
          <span className={classes.address}>{address}</span>
        </div>
      </div>
      <div role="gridcell" data-column="state">
        <HealthWords health={health} without="reason" />
        <Since environment={environment} />
      </div>
      <div role="gridcell" data-column="lock">
        <LockMark lock={lock} words />
      </div>
      <div role="gridcell" data-column="redis">
        {health.redisVersion === null ? (
          <span className="dim">–</span>
        ) : (
          <>
            <div className="tabular">{health.redisVersion}</div>
            <div className={classes.second}>
              <Duration value={health.latency} />
            </div>
          </>
        )}
      </div>
      <div role="gridcell" data-column="queues">
        {/* None found and never asked are not the same. */}
        <Count value={queues === 0 && health.lastAnswerAt === null ? null : queues} />
      </div>
      <div role="gridcell" data-column="cost">
        <CostCell environment={environment} />
      </div>
      <div role="gridcell" data-column="actions">
        <RowActions environment={environment} />
      </div>
    </div>
  )
}

function Since({ environment: { health, address } }: { environment: Environment }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const now = useNow()
  const why = useHealthWords().why(health)
  const { server } = health
  return (
    <div className={classes.second}>
      {[
        ...(why === null ? [] : [why]),
        ...(server === null || address.includes(server) ? [] : [server]),
        t('since', { time: format.clock(health.since, now) }),
      ].join(' · ')}
    </div>
  )
}
