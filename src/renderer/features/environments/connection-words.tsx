import {
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconLoader2,
  IconPlugConnectedX,
} from '@tabler/icons-react'
import type { ComponentPropsWithRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Health } from '#shared/contract/connections.ts'
import { useConnection } from '../../lib/client/index.ts'
import { useNow } from '../../lib/clock.ts'
import { useEnvironment, useVitals } from '../../lib/environments.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { Hint } from '../../ui/hint.tsx'
import type { Tone } from '../../ui/tone.ts'
import classes from './connection-words.module.css'

/** An answer older than this is not called fresh, in milliseconds. */
const freshFor = 15_000

/** How the environment's Redis stands, in words: fresh, out of date, or why it is away. */
export function ConnectionWords({ environment }: { environment: string }) {
  const { t } = useTranslation('connection')
  const format = useFormat()
  const now = useNow()
  const listed = useEnvironment(environment)?.health
  const { data, staleSince } = useVitals(environment)
  const contact = useConnection()
  const away = contact.state === 'lost' || contact.state === 'refused'
  const unknownSince = away ? contact.since : staleSince
  const health = data?.health ?? listed
  if (health === undefined) return null
  if (unknownSince !== null) {
    return (
      <Words icon={IconClockPause} tone="warning">
        {t('notKnown', { time: format.clock(unknownSince, now) })}
      </Words>
    )
  }
  if (health.state === 'ready' && health.lastAnswerAt !== null) {
    const fresh = now - health.lastAnswerAt < freshFor
    return (
      <>
        <Hint label={format.exact(health.lastAnswerAt)}>
          <Words
            icon={fresh ? IconCircleCheck : IconClockPause}
            tone={fresh ? 'success' : 'warning'}
          >
            {t('synced', { ago: format.relative(health.lastAnswerAt, now) })}
          </Words>
        </Hint>
        {health.latency === null ? null : (
          <span className={classes.latency}>{format.duration(health.latency)}</span>
        )}
      </>
    )
  }
  return <Trouble health={health} now={now} />
}

function Trouble({ health, now }: { health: Health; now: number }) {
  const { t } = useTranslation('connection')
  if (health.state === 'connecting' || health.state === 'ready') {
    return (
      <Words icon={IconLoader2} tone="neutral">
        {t('state.connecting')}
      </Words>
    )
  }
  const state = t(`state.${health.state}`)
  const seconds = health.nextTryAt === null ? null : Math.ceil((health.nextTryAt - now) / 1000)
  return (
    <Words icon={health.state === 'refused' ? IconCircleX : IconPlugConnectedX} tone="danger">
      {health.reason === null
        ? state
        : t('because', { state, reason: t(`reason.${health.reason}`) })}
      {seconds === null || seconds < 1 ? null : (
        <span className={classes.next}> · {t('nextTry', { seconds })}</span>
      )}
    </Words>
  )
}

interface WordsProps extends ComponentPropsWithRef<'span'> {
  icon: typeof IconCircleCheck
  tone: Tone
}

/** Takes what a tooltip puts on it. */
function Words({ icon: Icon, tone, children, className, ...rest }: WordsProps) {
  return (
    <span {...rest} className={`${classes.words} ${className ?? ''}`} data-tone={tone}>
      <Icon size={14} stroke={1.8} aria-hidden />
      <span className={classes.text}>{children}</span>
    </span>
  )
}
