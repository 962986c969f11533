import { useTranslation } from 'react-i18next'
import { useNow } from '../../../lib/clock.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { Progress } from '../../../ui/progress.tsx'
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
  const now = useNow()
  const format = useFormat()
  if (job.gone) {
    return <em className={classes.left}>{t('list.left')}</em>
  }
  if (at === null) {
    return <Dash />
  }
  return (
    <time
      dateTime={new Date(at).toISOString()}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = format.exact(at)
      }}
    >
      {format.relative(at, now)}
    </time>
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
