import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/format/use-format.ts'
import { Time } from '../../../ui/time.tsx'
import { visibleText } from '../text/visible-text.ts'
import classes from './detail.module.css'
import type { TimelineEntry } from './timeline.ts'

const tones: Record<TimelineEntry['kind'], string> = {
  added: 'neutral',
  due: 'neutral',
  dueAhead: 'warning',
  attemptFailed: 'danger',
  started: 'info',
  running: 'info',
  completed: 'success',
  failed: 'danger',
}

/** What happened to a job, one step under the other, with the time between them. */
export function TimelineList({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  return (
    <ol className={classes.timeline}>
      {entries.map((entry, index) => (
        // Steps have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className={classes.step} data-tone={tones[entry.kind]}>
          <span className={classes.dot} aria-hidden />
          <span className={classes.stepName}>{nameOf(entry, t)}</span>
          <span className={classes.stepAfter}>
            {entry.after === null || entry.after === 0
              ? null
              : t('summary.after', { duration: format.duration(entry.after) })}
          </span>
          <span className={classes.stepTime}>
            {entry.at === null ? (
              entry.kind === 'attemptFailed' ? (
                <span className="dim" title={t('summary.notKept')}>
                  –
                </span>
              ) : null
            ) : (
              <Time at={entry.at} />
            )}
          </span>
          {entry.error === null ? null : (
            <span className={classes.stepError} title={visibleText(entry.error)}>
              {visibleText(entry.error)}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

type Words = ReturnType<typeof useTranslation<'jobs'>>['t']

function nameOf({ kind, attempt }: TimelineEntry, t: Words): string {
  if (kind === 'attemptFailed') return t('summary.attempt', { attempt: attempt ?? 1 })
  if (kind === 'started' && attempt !== null && attempt > 1) {
    return t('summary.startedAttempt', { attempt })
  }
  return t(`summary.${kind}`)
}
