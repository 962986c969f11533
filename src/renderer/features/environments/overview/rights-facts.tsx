import { IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Right } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { useVitals } from '../../../lib/environments.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'
import { FactsSection } from './facts-section.tsx'

/** Who Redis takes the console for, and what it may do there. */
export function RightsFacts({ environment }: { environment: Environment }) {
  const { t } = useTranslation('overview')
  const rights = useVitals(environment.id).data?.rights
  if (rights === undefined) return null
  if (rights.checkedAt === null) {
    return (
      <FactsSection title={t('rights')} facts={[]}>
        <p className="dim">{t('notAsked')}</p>
      </FactsSection>
    )
  }
  return (
    <FactsSection
      title={t('rights')}
      facts={[
        { label: t('fact.user'), value: rights.user ?? t('untold') },
        { label: t('fact.role'), value: rights.role === null ? '–' : t(`role.${rights.role}`) },
        { label: t('fact.read'), value: <May right={rights.read} /> },
        { label: t('fact.retry'), value: <May right={rights.retry} /> },
        { label: t('fact.remove'), value: <May right={rights.remove} /> },
        { label: t('fact.checked'), value: <Time at={rights.checkedAt} /> },
      ]}
    />
  )
}

function May({ right: { allowed, missing } }: { right: Right }) {
  const { t } = useTranslation('overview')
  if (allowed === null) {
    return (
      <Badge variant="plain" icon={IconHelpCircle}>
        {t('may.unknown')}
      </Badge>
    )
  }
  return allowed ? (
    <Badge variant="plain" tone="success" icon={IconCircleCheck}>
      {t('may.yes')}
    </Badge>
  ) : (
    <>
      <Badge variant="plain" tone="danger" icon={IconCircleX}>
        {t('may.no')}
      </Badge>
      {missing.length === 0 ? null : (
        <div>
          {t('may.lacks')} <span className="mono">{missing.join(', ')}</span>
        </div>
      )}
    </>
  )
}
