import { UnstyledButton } from '@mantine/core'
import { IconCircleCheck, IconClockPause } from '@tabler/icons-react'
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

/** How the environment's Redis stands, in words: fresh, limited, or why it is away. */
export function ConnectionWords({ environment }: { environment: Environment }) {
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
        {health.state === 'degraded' ? latency : null}
      </>
    )
  }
  const fresh = now - health.lastAnswerAt < freshFor
  return (
    <>
      <Hint label={format.exact(health.lastAnswerAt)}>
        <Words icon={fresh ? IconCircleCheck : IconClockPause} tone={fresh ? 'success' : 'warning'}>
          {t('synced', { ago: format.relative(health.lastAnswerAt, now) })}
        </Words>
      </Hint>
      {latency}
    </>
  )
}
