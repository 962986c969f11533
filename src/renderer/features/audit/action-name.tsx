import { IconBolt, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './audit.module.css'

/** An action of the contract (`jobs.retry`) as icon and word; one without a word as it is named. */
export function ActionName({ action }: { action: string }) {
  const { t } = useTranslation('audit')
  const known = { 'jobs.retry': 'retry', 'jobs.remove': 'remove' } as const
  const name = action in known ? known[action as keyof typeof known] : null
  const Icon = name === null ? IconBolt : { retry: IconRefresh, remove: IconTrash }[name]
  return (
    <span className={classes.action}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {name === null ? action : t(`action.${name}`)}
    </span>
  )
}
