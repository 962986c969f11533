import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useVitals } from '../../lib/environments.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Duration } from '../../ui/figures.tsx'
import { Time } from '../../ui/time.tsx'
import classes from './environment-facts.module.css'

/** All that is known of an environment and its connection. */
export function EnvironmentFacts({ environment }: { environment: Environment }) {
  const { t } = useTranslation(['environments', 'connection', 'common'])
  const { data } = useVitals(environment.id)
  const health = data?.health ?? environment.health
  const state = t(`connection:state.${health.state}`)
  return (
    <div className={classes.root}>
      <FactList
        facts={[
          {
            label: t('address'),
            value: <CopyText text={environment.address} what={t('address')} />,
          },
          {
            label: t('prefix'),
            value: <span className="mono">{environment.prefixes.join(', ')}</span>,
          },
          {
            label: t('kind'),
            value: environment.demo
              ? `${t(`common:kind.${environment.kind}`)} (${t('demo')})`
              : t(`common:kind.${environment.kind}`),
          },
          { label: t('access'), value: t(`lock.${environment.lock.state}`) },
          { label: t('redis'), value: health.redisVersion ?? t('common:unknown') },
          {
            label: t('connection'),
            value:
              health.reason === null
                ? state
                : t('connection:because', {
                    state,
                    reason: t(`connection:reason.${health.reason}`),
                  }),
          },
          { label: t('since'), value: <Time at={health.since} /> },
          {
            label: t('lastAnswer'),
            value: health.lastAnswerAt === null ? t('never') : <Time at={health.lastAnswerAt} />,
          },
          { label: t('roundTrip'), value: <Duration value={health.latency} /> },
        ]}
      />
    </div>
  )
}
