import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { Duration } from '../../../ui/figures.tsx'
import { Time } from '../../../ui/time.tsx'
import { HealthWords } from '../connection/health-words.tsx'
import { FactsSection } from './facts-section.tsx'
import classes from './overview.module.css'

/** How it stands, why, what helps, and who answers. */
export function ConnectionFacts({ environment }: { environment: Environment }) {
  const { t } = useTranslation(['overview', 'connection'])
  const { health, address } = environment
  const { reason } = health
  return (
    <FactsSection
      title={t('connection')}
      facts={[
        { label: t('fact.state'), value: <HealthWords health={health} /> },
        { label: t('fact.since'), value: <Time at={health.since} /> },
        {
          label: t('fact.lastAnswer'),
          value: health.lastAnswerAt === null ? t('never') : <Time at={health.lastAnswerAt} />,
        },
        { label: t('fact.latency'), value: <Duration value={health.latency} /> },
        { label: t('fact.address'), value: <CopyText text={address} what={t('fact.address')} /> },
        {
          label: t('fact.server'),
          value:
            health.server === null ? (
              '–'
            ) : (
              <CopyText text={health.server} what={t('fact.server')} />
            ),
        },
        { label: t('fact.redis'), value: health.redisVersion ?? '–' },
      ]}
    >
      {reason === null ? null : (
        <p className={classes.advice}>{t(`connection:remedy.${reason}`)}</p>
      )}
    </FactsSection>
  )
}
