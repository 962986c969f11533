import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useHealth } from '../../lib/environments.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Duration } from '../../ui/figures.tsx'
import { Time } from '../../ui/time.tsx'
import classes from './environment-facts.module.css'

/** All that is known of an environment and its connection. */
export function EnvironmentFacts({ environment }: { environment: Environment }) {
  const { t } = useTranslation(['environments', 'common'])
  const { data } = useHealth(environment.id)
  const health = data ?? environment.health
  const state = t(`state.${health.state}`)
  return (
    <div className={classes.root}>
      <FactList
        facts={[
          {
            label: t('address'),
            value: <CopyText text={environment.address} what={t('address')} />,
          },
          { label: t('prefix'), value: <span className="mono">{environment.prefix}</span> },
          {
            label: t('kind'),
            value: environment.demo
              ? `${t(`common:kind.${environment.kind}`)} (${t('demo')})`
              : t(`common:kind.${environment.kind}`),
          },
          { label: t('access'), value: environment.readOnly ? t('readOnly') : t('canAct') },
          { label: t('redis'), value: health.redisVersion ?? t('common:unknown') },
          {
            label: t('connection'),
            value:
              health.reason === null
                ? state
                : t('because', { state, reason: t(`reason.${health.reason}`) }),
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
