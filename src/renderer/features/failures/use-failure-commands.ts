import {
  IconArrowMerge,
  IconBell,
  IconBellOff,
  IconCalendar,
  IconCheckbox,
  IconCircleCheck,
  IconPencil,
  IconRotate,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FailureGroup, FailureStatus, FailureWindow } from '#shared/contract/failures.ts'
import { useCommands } from '../../lib/commands/index.ts'
import { windows } from './search.ts'

interface FailureCommands {
  /** What keys act on: the selected groups, else the open one or the one with the focus. */
  targets: readonly FailureGroup[]
  window: FailureWindow
  onStatus: (status: FailureStatus) => void
  onEdit: () => void
  onPick: () => void
  /** Null while less than two are selected. */
  onMerge: (() => void) | null
  onWindow: (window: FailureWindow | undefined) => void
}

/** The keys of the page of failures, also in the palette and the help. */
export function useFailureCommands(props: FailureCommands): void {
  const { targets, window, onMerge } = props
  const { t } = useTranslation('failures')
  const some = targets.length > 0
  const resolved = some && targets.every(({ status }) => status === 'resolved')
  const muted = some && targets.every(({ status }) => status === 'muted')
  const next = windows[(windows.indexOf(window) + 1) % windows.length] ?? '24h'
  useCommands([
    {
      id: 'failures.resolve',
      label: resolved ? t('command.reopen') : t('command.resolve'),
      group: 'list',
      icon: resolved ? IconRotate : IconCircleCheck,
      shortcut: 'r',
      enabled: some,
      run: () => props.onStatus(resolved ? 'open' : 'resolved'),
    },
    {
      id: 'failures.mute',
      label: muted ? t('command.unmute') : t('command.mute'),
      group: 'list',
      icon: muted ? IconBell : IconBellOff,
      shortcut: 'u',
      enabled: some,
      run: () => props.onStatus(muted ? 'open' : 'muted'),
    },
    {
      id: 'failures.note',
      label: t('command.note'),
      group: 'list',
      icon: IconPencil,
      shortcut: 'n',
      enabled: targets.length === 1,
      run: props.onEdit,
    },
    {
      id: 'failures.pick',
      label: t('command.pick'),
      group: 'list',
      icon: IconCheckbox,
      shortcut: 'x',
      hidden: true,
      run: props.onPick,
    },
    {
      id: 'failures.merge',
      label: t('command.merge'),
      group: 'list',
      icon: IconArrowMerge,
      shortcut: 'm',
      enabled: onMerge !== null,
      run: () => onMerge?.(),
    },
    {
      id: 'failures.window',
      label: t('command.window'),
      group: 'page',
      icon: IconCalendar,
      shortcut: 'w',
      run: () => props.onWindow(next === '24h' ? undefined : next),
    },
  ])
}
