import { useTranslation } from 'react-i18next'
import type { Environment } from '#shared/contract/environments.ts'
import { useVitals } from '../../../lib/environments.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import classes from './overview.module.css'

/** What this console costs an environment now. */
export function CostCell({ environment }: { environment: Environment }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { data } = useVitals(environment.id)
  if (data === undefined || environment.health.state === 'offline') {
    return <span className="dim">–</span>
  }
  const { commandsPerSecond, bytesPerSecond, cpuShare, background } = data.cost
  return (
    <>
      <div className="tabular">
        {t('commands', { value: format.decimal(commandsPerSecond) })}
        <span className="dim"> · {t('perSecond', { value: format.bytes(bytesPerSecond) })}</span>
      </div>
      <div className={classes.second}>
        {cpuShare === null ? t('cpuUnknown') : t('cpu', { share: format.share(cpuShare) })}
        {background === 'running' ? null : ` · ${t(`backgroundShort.${background}`)}`}
      </div>
    </>
  )
}
