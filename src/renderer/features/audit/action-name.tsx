import {
  IconBolt,
  IconFileExport,
  IconFileImport,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconPlus,
  IconRefresh,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type ActionWord, wordOf } from './actions.ts'
import classes from './audit.module.css'

const icons: Record<ActionWord, TablerIcon> = {
  retry: IconRefresh,
  remove: IconTrash,
  createEnvironment: IconPlus,
  updateEnvironment: IconPencil,
  removeEnvironment: IconTrash,
  importEnvironment: IconFileImport,
  exportEnvironment: IconFileExport,
  unlock: IconLockOpen,
  lock: IconLock,
}

/** An action of the contract (`jobs.retry`) as icon and word; one without a word as it is named. */
export function ActionName({ action }: { action: string }) {
  const { t } = useTranslation('audit')
  const word = wordOf(action)
  const Icon = word === null ? IconBolt : icons[word]
  const text = word === null ? action : t(`action.${word}`)
  return (
    <span className={classes.action} title={text}>
      <Icon size={14} stroke={1.8} aria-hidden />
      <span>{text}</span>
    </span>
  )
}
