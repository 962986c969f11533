import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MirrorStatus as Status } from '#shared/contract/mirror.ts'
import { useNow } from '../../lib/clock.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { useMirror } from '../../lib/mirror.ts'
import { Hint } from '../../ui/hint.tsx'
import { courseLooks, courseOf, isLong, shareOf } from './mirror-look.ts'
import classes from './mirror-status.module.css'
import { useMirrorWords } from './use-mirror-words.ts'

/** In the bar: how far the mirror is from Redis, and its long work; opens the mirror's page. */
export function MirrorStatus({ environment }: { environment: string }) {
  const { data } = useMirror(environment)
  return data === undefined ? null : <Known environment={environment} status={data} />
}

function Known({ environment, status }: { environment: string; status: Status }) {
  const { t } = useTranslation('mirror')
  const format = useFormat()
  const words = useMirrorWords()
  const now = useNow()
  const { icon: Icon, tone } = courseLooks[courseOf(status, now)]
  const { backfill, details, syncedAt } = status
  const atWork = status.state === 'backfilling' || status.state === 'following'
  const work = atWork ? longWork(status) : null
  const lines = [
    ...(syncedAt === null ? [] : [t('syncedAt', { time: format.exact(syncedAt) })]),
    ...(backfill === null ? [] : [`${t('work.backfill')}: ${words.work(backfill)}`]),
    ...(details === null || !isLong(details)
      ? []
      : [`${t('work.details')}: ${words.work(details)}`]),
    t('open'),
  ]
  return (
    <Hint label={lines.join('\n')}>
      <Link
        to="/e/$environment/mirror"
        params={{ environment }}
        className={classes.root}
        data-tone={tone}
        data-loud={tone === 'danger' || tone === 'warning' || undefined}
      >
        <Icon size={14} stroke={1.8} aria-hidden />
        <span className={classes.text}>{words.state(status, now)}</span>
        {work === null ? null : (
          <>
            <span className={classes.bar} aria-hidden>
              <span style={{ width: `${Math.round(shareOf(work) * 100)}%` }} />
            </span>
            <span className={classes.work}>
              {status.state === 'backfilling'
                ? words.work(work)
                : t('detailed', { share: format.share(shareOf(work)) })}
            </span>
          </>
        )}
      </Link>
    </Hint>
  )
}

/** The pass it is at now; null when all are done but for what new jobs bring. */
function longWork({ backfill, details }: Status): Status['backfill'] | Status['details'] {
  if (backfill !== null) return backfill
  return details !== null && isLong(details) ? details : null
}
