import { useTranslation } from 'react-i18next'
import { type Cost, isReadable } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { useVitals } from '../../../lib/environments.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { Progress } from '../../../ui/progress.tsx'
import { isTellingShare } from './cost-share.ts'
import { FactsSection } from './facts-section.tsx'
import classes from './overview.module.css'

/** What the console costs this Redis, against its ceiling, and what is held back for it. */
export function CostFacts({ environment }: { environment: Environment }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const cost = useVitals(environment.id).data?.cost
  if (cost === undefined) return null
  const { ceiling } = cost
  const work = t(`background.${cost.background}`)
  return (
    <FactsSection
      title={t('cost')}
      facts={[
        {
          label: t('fact.commands'),
          value: (
            <Against
              label={t('fact.commands')}
              share={cost.commandsPerSecond / ceiling.commandsPerSecond}
              words={t('commandsOf', {
                count: ceiling.commandsPerSecond,
                value: format.decimal(cost.commandsPerSecond),
                most: format.count(ceiling.commandsPerSecond),
              })}
            />
          ),
        },
        {
          label: t('fact.bytes'),
          value: (
            <Against
              label={t('fact.bytes')}
              share={cost.bytesPerSecond / ceiling.bytesPerSecond}
              words={t('bytesOf', {
                value: format.bytes(cost.bytesPerSecond),
                most: format.bytes(ceiling.bytesPerSecond),
              })}
            />
          ),
        },
        {
          label: t('fact.cpu'),
          value: <Share cost={cost} connected={isReadable(environment.health)} />,
        },
        {
          label: t('fact.background'),
          value: cost.reason === null ? work : `${work}: ${t(`held.${cost.reason}`)}`,
        },
      ]}
    />
  )
}

function Share({ cost, connected }: { cost: Cost; connected: boolean }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  if (!connected) return <span className="dim">–</span>
  if (!isTellingShare(cost)) return <span className="dim">{t('fewCommands')}</span>
  return cost.cpuShare === null ? t('untold') : format.share(cost.cpuShare)
}

interface AgainstProps {
  label: string
  /** 0 to 1. */
  share: number
  /** What it is, and what it may be at most. */
  words: string
}

function Against({ label, share, words }: AgainstProps) {
  return (
    <div className={classes.against}>
      <span className="tabular">{words}</span>
      <Progress share={share} label={label} />
    </div>
  )
}
