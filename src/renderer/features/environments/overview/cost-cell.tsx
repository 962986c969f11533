import { useTranslation } from 'react-i18next'
import { isReadable } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { useVitals } from '../../../lib/environments.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { isTellingShare } from './cost-share.ts'
import classes from './overview.module.css'

/** What this console costs an environment now. */
export function CostCell({ environment }: { environment: Environment }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { data } = useVitals(environment.id)
  if (data === undefined || !isReadable(environment.health)) return <span className="dim">–</span>
  const { commandsPerSecond, bytesPerSecond, cpuShare, background } = data.cost
  const details = [
    t('perSecond', { value: format.bytes(bytesPerSecond) }),
    ...(cpuShare === null || !isTellingShare(data.cost)
      ? []
      : [t('cpu', { share: format.share(cpuShare) })]),
    ...(background === 'running' ? [] : [t(`backgroundShort.${background}`)]),
  ]
  return (
    <>
      <div className="tabular">
        {t('commands', { count: commandsPerSecond, value: format.decimal(commandsPerSecond) })}
      </div>
      <div className={classes.second}>{details.join(' · ')}</div>
    </>
  )
}
