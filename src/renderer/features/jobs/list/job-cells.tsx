import { IconGhost } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../lib/clock.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { Progress } from '../../../ui/progress.tsx'
import { StateBadge } from '../state/state-badge.tsx'
import { visibleText } from '../text/visible-text.ts'
import type { ListedJob } from './loaded-rows.ts'
import classes from './job-list.module.css'

/** Text that came from a job: never more than text, whatever is in it. */
export function ForeignText({ text, mono = false }: { text: string; mono?: boolean }) {
  const visible = visibleText(text)
  return (
    <span className={mono ? classes.mono : classes.foreign} title={visible}>
      {visible}
    </span>
  )
}

/**
 * When something was, ticking. A plain `title` instead of a tooltip component: hundreds of these
 * come and go while one scrolls.
 */
export function WhenCell({ job, at }: { job: ListedJob; at: number | null }) {
  const { t } = useTranslation('jobs')
  if (job.gone) {
    return <em className={classes.left}>{t('list.left')}</em>
  }
  return <InstantCell at={at} />
}

/** Whether a job is known to the mirror alone: no longer in Redis. */
export function isKept({ goneAt }: ListedJob): boolean {
  return goneAt !== null && goneAt !== undefined
}

/** The state; of a job that is no longer in Redis the last one, and that it is gone. */
export function StateCell({ job }: { job: ListedJob }) {
  const { t } = useTranslation('jobSearch')
  const state = <StateBadge state={job.state} variant="plain" />
  return isKept(job) ? (
    <span className={classes.keptState}>
      {state}
      <span className="dim">· {t('row.gone')}</span>
    </span>
  ) : (
    state
  )
}

/** The first cell of a job that is no longer in Redis: whichever columns are shown, it is marked. */
export function KeptCell({ children }: { children: ReactNode }) {
  const { t } = useTranslation('jobSearch')
  return (
    <span className={classes.kept}>
      <span role="img" aria-label={t('row.goneFromRedis')} title={t('row.goneFromRedis')}>
        <IconGhost size={14} stroke={1.6} aria-hidden />
      </span>
      {children}
    </span>
  )
}

export function InstantCell({ at }: { at: number | null }) {
  const now = useNow()
  const format = useFormat()
  if (at === null) return <Dash />
  return (
    <time
      // The elements of a row are used for another once it has left: not with the title it was given.
      key={at}
      dateTime={new Date(at).toISOString()}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = format.exact(at)
      }}
    >
      {format.relative(at, now)}
    </time>
  )
}

/** A number that the job reported, with its unit. */
export function NumberCell({ value, unit }: { value: number | null | undefined; unit?: string }) {
  const format = useFormat()
  if (value === null || value === undefined) return <Dash />
  const digits = Math.abs(value) < 1 ? 4 : 2
  return (
    <span className="tabular">
      {format.decimal(value, digits)}
      {unit === undefined ? null : <span className="dim">&nbsp;{unit}</span>}
    </span>
  )
}

/** A text that a job may not have. */
export function TextCell({ text, mono }: { text: string | null | undefined; mono?: boolean }) {
  return text === null || text === undefined ? (
    <Dash />
  ) : (
    <ForeignText text={text} mono={mono ?? false} />
  )
}

export function SpanCell({ value }: { value: number | null }) {
  const format = useFormat()
  return value === null ? <Dash /> : <span className="tabular">{format.duration(value)}</span>
}

/** How long an active job has been running, ticking. */
export function RunningCell({ startedAt }: { startedAt: number | null }) {
  const now = useNow()
  return <SpanCell value={startedAt === null ? null : Math.max(0, now - startedAt)} />
}

/** `2/3`; warning once none is left. */
export function AttemptsCell({ job }: { job: ListedJob }) {
  const used = job.attemptsMade >= job.attemptsAllowed && job.state === 'failed'
  return (
    <span className={job.attemptsMade === 0 ? 'tabular dim' : 'tabular'}>
      {used ? job.attemptsMade : <>{job.attemptsMade}</>}
      <span className="dim">/{job.attemptsAllowed}</span>
    </span>
  )
}

export function ProgressCell({ job }: { job: ListedJob }) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const { progress } = job
  if (progress === null || progress === 0) {
    return <Dash />
  }
  if (typeof progress === 'string') {
    return <ForeignText text={progress} />
  }
  const share = Math.max(0, Math.min(100, progress)) / 100
  return (
    <span className={classes.progress}>
      <Progress share={share} label={t('column.progress')} />
      <span className="tabular">{format.share(share)}</span>
    </span>
  )
}

export function ErrorCell({ job }: { job: ListedJob }) {
  return job.error === null ? null : (
    <span className={classes.error}>
      <ForeignText text={job.error} />
    </span>
  )
}

export function Dash() {
  return <span className="dim">–</span>
}
