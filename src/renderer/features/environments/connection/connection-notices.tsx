import { useTranslation } from 'react-i18next'
import type { Health } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { useNow } from '../../../lib/clock.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { NoticeBar } from '../../../ui/notice-bar.tsx'
import { healthLooks } from './health-look.ts'
import { useHealthWords } from './use-health-words.ts'
import { useRemedies } from './use-remedies.ts'

interface AwayNoticeProps {
  environment: Environment
  /** Of when the mirror is, where the page shows that and not what Redis told last. */
  mirrorAsOf?: number | null
}

/** Above what was seen last: since when its Redis is away, of when the picture is, and what helps. */
export function AwayNotice({ environment, mirrorAsOf }: AwayNoticeProps) {
  const { t } = useTranslation('connection')
  const format = useFormat()
  const now = useNow()
  const words = useHealthWords()
  const { health } = environment
  const remedies = useRemedies(environment)
  // What is offline connects in the bar above.
  const [first, second] = health.state === 'offline' ? [] : remedies
  const tone = health.state === 'refused' || health.state === 'reconnecting' ? 'danger' : 'neutral'
  const next = words.nextTry(health, now)
  return (
    <div role="status">
      <NoticeBar
        tone={tone}
        icon={healthLooks[health.state].icon}
        strong={t(words.why(health) === null ? 'since' : 'becauseSince', {
          state: words.whole(health),
          time: format.clock(health.since, now),
        })}
        {...(first === undefined ? {} : { action: first })}
        {...(second === undefined ? {} : { otherAction: second })}
      >
        {mirrorAsOf === undefined
          ? t('showing', { time: format.clock(health.lastAnswerAt ?? health.since, now) })
          : mirrorAsOf === null
            ? null
            : t('showingMirror', { time: format.clock(mirrorAsOf, now) })}{' '}
        {health.reason === null ? null : t(`remedy.${health.reason}`)}
        {next === null ? null : (
          <span className="tabular" aria-live="off">
            {' '}
            ({next})
          </span>
        )}
      </NoticeBar>
    </div>
  )
}

/** Above a page that is up to date: what is limited. */
export function LimitNotice({ health }: { health: Health }) {
  const { t } = useTranslation('connection')
  const words = useHealthWords()
  if (health.reason === null) return null
  return (
    <div role="status">
      <NoticeBar
        tone="warning"
        icon={healthLooks[health.state].icon}
        strong={`${words.why(health) ?? words.state(health)}.`}
      >
        {t(`remedy.${health.reason}`)}
      </NoticeBar>
    </div>
  )
}
