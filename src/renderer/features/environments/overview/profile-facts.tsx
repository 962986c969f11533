import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { Count } from '../../../ui/figures.tsx'
import { LockMark } from '../lock/lock-mark.tsx'
import { FactsSection } from './facts-section.tsx'

/** How the environment is set up, and whether it is locked now. */
export function ProfileFacts({ environment }: { environment: Environment }) {
  const { t } = useTranslation(['overview', 'common'])
  const { kind, demo, lock, folder, tags, prefixes, queues, saved } = environment
  return (
    <FactsSection
      title={t('setUp')}
      facts={[
        {
          label: t('fact.kind'),
          value: demo ? `${t(`common:kind.${kind}`)} (${t('demo')})` : t(`common:kind.${kind}`),
        },
        { label: t('fact.lock'), value: <LockMark lock={lock} words /> },
        ...(lock.by === null
          ? []
          : [{ label: t('fact.unlockedBy'), value: `${lock.by}: ${lock.reason ?? ''}` }]),
        { label: t('fact.folder'), value: folder ?? t('common:none') },
        { label: t('fact.tags'), value: tags.length === 0 ? t('common:none') : tags.join(', ') },
        {
          label: t('fact.prefixes', { count: prefixes.length }),
          value: <span className="mono">{prefixes.join(', ')}</span>,
        },
        { label: t('fact.queues'), value: <Count value={queues} /> },
        { label: t('fact.origin'), value: saved ? t('saved') : t('fromCommandLine') },
      ]}
    />
  )
}
