import { UnstyledButton } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useConnection } from '../../../lib/client/index.ts'
import { useNow } from '../../../lib/clock.ts'
import { useEnvironments, useVitals } from '../../../lib/environments.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { Hint } from '../../../ui/hint.tsx'
import { HealthWords, Words } from './health-words.tsx'
import classes from './health-words.module.css'
import { useConnect } from './use-connect.ts'

/** An answer older than this is not called fresh, in milliseconds. */
const freshFor = 15_000

interface ConnectionWordsProps {
  environment: Environment
  /** Beside how its Redis stands: how fresh the local copy is. Left out where neither is known. */
  mirror: ReactNode
}

/** How the environment's Redis stands, in words: how quick, limited, or why it is away. */
export function ConnectionWords({ environment, mirror }: ConnectionWordsProps) {
  const { t } = useTranslation('connection')
  const format = useFormat()
  const now = useNow()
  const list = useEnvironments()
  const vitals = useVitals(environment.id)
  const contact = useConnection()
  const { connect } = useConnect()
  const away = contact.state === 'lost' || contact.state === 'refused'
  const unknownSince = away ? contact.since : list.staleSince
  // The list tells of each change at once; the environment's own stream has the latest PING.
  const ping = vitals.asOf === null ? vitals.data?.health : undefined
  const health = ping?.state === environment.health.state ? ping : environment.health
  if (unknownSince !== null) {
    return (
      <Words icon={IconClockPause} tone="warning">
        {t('notKnown', { time: format.clock(unknownSince, now) })}
      </Words>
    )
  }
  const latency =
    health.latency === null ? null : (
      <span className={classes.latency}>{format.duration(health.latency)}</span>
    )
  if (health.state !== 'ready' || health.lastAnswerAt === null) {
    return (
      <>
        <HealthWords health={health} />
        {health.state === 'offline' ? (
          <UnstyledButton className={classes.connect} onClick={() => connect(environment.id)}>
            {t('connect')}
          </UnstyledButton>
        ) : null}
        {mirror}
        {health.state === 'degraded' ? latency : null}
      </>
    )
  }
  const answered = t('answered', { ago: format.relative(health.lastAnswerAt, now) })
  return (
    <>
      {mirror}
      {now - health.lastAnswerAt < freshFor ? (
        <Hint label={answered}>{latency ?? <span>{t('state.ready')}</span>}</Hint>
      ) : (
        <Words icon={IconClockPause} tone="warning">
          {answered}
        </Words>
      )}
    </>
  )
}
