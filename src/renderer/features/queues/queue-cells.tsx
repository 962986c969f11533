import { IconPlayerPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Queue } from '#shared/contract/queues.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { useNow } from '../../lib/clock.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Count } from '../../ui/figures.tsx'
import { Hint } from '../../ui/hint.tsx'
import { stateLooks } from '../jobs/state/state-look.ts'
import classes from './queues.module.css'

/** States whose number is worth a colour; the others would only make the table loud. */
const colored: ReadonlySet<JobState> = new Set(['active', 'failed'])

export function NameCell({ queue }: { queue: Queue }) {
  const { t } = useTranslation('queues')
  return (
    <span className={classes.name}>
      <span className={classes.nameText} title={queue.name}>
        {queue.name}
      </span>
      {queue.paused ? (
        <Hint label={t('pausedHint')}>
          <span className={classes.paused}>
            <Badge icon={IconPlayerPause} tone="warning">
              {t('paused')}
            </Badge>
          </span>
        </Hint>
      ) : null}
    </span>
  )
}

/** `BullMQ 6.7`, or `Bull` for what is read-only here. */
export function VersionCell({ queue }: { queue: Queue }) {
  const { t } = useTranslation('queues')
  if (queue.library === 'bull') {
    return (
      <Hint label={t('bullHint')}>
        <span className="dim">{t('bull')}</span>
      </Hint>
    )
  }
  const short = queue.version?.split('.').slice(0, 2).join('.')
  return (
    <span className="dim" title={queue.version === null ? undefined : `BullMQ ${queue.version}`}>
      {short === undefined ? 'BullMQ' : `BullMQ ${short}`}
    </span>
  )
}

export function StateCell({ queue, state }: { queue: Queue; state: JobState }) {
  const value = queue.counts[state]
  const tone = value > 0 && colored.has(state) ? stateLooks[state].tone : undefined
  return (
    <span className={classes.count} data-tone={tone}>
      <Count value={value} compact />
    </span>
  )
}

/** Connected workers; none while jobs wait is a warning, and not knowing is never a zero. */
export function WorkersCell({ queue }: { queue: Queue }) {
  const { t } = useTranslation('queues')
  if (queue.workers === null) {
    return (
      <Hint label={t('workersUnknownHint')}>
        <span className="dim">{t('workersUnknown')}</span>
      </Hint>
    )
  }
  const abandoned = queue.workers === 0 && queue.counts.waiting + queue.counts.prioritized > 0
  return (
    <span className={classes.count} data-tone={abandoned ? 'warning' : undefined}>
      {abandoned ? <strong className="tabular">0</strong> : <Count value={queue.workers} />}
    </span>
  )
}

export function ShareCell({ queue }: { queue: Queue }) {
  const { t } = useTranslation('queues')
  const format = useFormat()
  const share = queue.failureShare
  if (share === null) {
    return <NotKnown hint={t('noneFinished')} />
  }
  return (
    <span className={classes.share} data-tone={share > 0 ? 'danger' : undefined}>
      <span className={classes.bar} aria-hidden>
        <span style={{ width: `${Math.max(share > 0 ? 8 : 0, share * 100)}%` }} />
      </span>
      <span className={share === 0 ? 'tabular dim' : 'tabular'}>{format.share(share)}</span>
    </span>
  )
}

export function RateCell({ rate }: { rate: number | null }) {
  const { t } = useTranslation('queues')
  const format = useFormat()
  if (rate === null) {
    return <NotKnown hint={t('notWatched')} />
  }
  return (
    <span className={rate === 0 ? 'tabular dim' : 'tabular'}>
      {format.decimal(rate, rate < 10 ? 1 : 0)}
    </span>
  )
}

const units = [86_400_000, 3_600_000, 60_000, 1_000]

/** How long ago something was, ticking, in its largest unit. */
export function AgeCell({ at }: { at: number | null }) {
  const now = useNow()
  const format = useFormat()
  if (at === null) {
    return <span className="dim">–</span>
  }
  const unit = units.find((each) => now - at >= each) ?? 1
  return (
    <span className="tabular" title={format.exact(at)}>
      {format.duration(now - at - ((now - at) % unit))}
    </span>
  )
}

function NotKnown({ hint }: { hint: string }) {
  return (
    <span className="dim" title={hint}>
      –<span className={classes.unseen}>{hint}</span>
    </span>
  )
}
