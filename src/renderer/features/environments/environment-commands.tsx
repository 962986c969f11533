import {
  IconLock,
  IconLockOpen,
  IconPlug,
  IconServer2,
  IconSwitchHorizontal,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Command, useCommands } from '../../lib/commands/index.ts'
import { useEnvironments } from '../../lib/environments.ts'
import { useGoToEnvironment } from '../../lib/places.ts'
import { useConnect } from './connection/use-connect.ts'
import { useHealthWords } from './connection/use-health-words.ts'
import { inOrder } from './folders.ts'
import { askToUnlock } from './lock/unlocking.ts'
import { useLockNow } from './lock/use-lock-now.ts'
import { openSwitcher } from './switcher/switcher.ts'

/** More of them are found by typing their name. */
const withKeys = 9

/** Commands about environments that exist on every page: switch, unlock or lock, connect. */
export function EnvironmentCommands({ environment: id }: { environment: string | undefined }) {
  const { t } = useTranslation(['environments', 'connection', 'lock', 'common'])
  const { data: environments = [] } = useEnvironments()
  const go = useGoToEnvironment()
  const words = useHealthWords()
  const { lockNow } = useLockNow()
  const { connect, disconnect } = useConnect()
  const environment = environments.find((candidate) => candidate.id === id)
  const name = environment?.name ?? ''
  const lock = environment?.lock.state
  const offline = environment?.health.state === 'offline'

  useCommands([
    {
      id: 'environment.switch',
      label: t('switch'),
      group: 'environment',
      icon: IconSwitchHorizontal,
      shortcut: 'e',
      enabled: environments.length > 0,
      run: openSwitcher,
    },
    ...(lock === 'locked' || lock === 'unlocked'
      ? [
          {
            id: 'environment.lock',
            label: t(lock === 'locked' ? 'lock:command.unlock' : 'lock:command.lock', { name }),
            group: 'environment' as const,
            icon: lock === 'locked' ? IconLockOpen : IconLock,
            shortcut: 'l',
            run: () =>
              lock === 'locked'
                ? askToUnlock(environment?.id ?? '')
                : lockNow(environment?.id ?? ''),
          },
        ]
      : []),
    ...(environment === undefined
      ? []
      : [
          {
            id: 'environment.connect',
            label: t(offline ? 'command.connect' : 'command.disconnect', { name }),
            group: 'environment' as const,
            icon: IconPlug,
            run: () => (offline ? connect(environment.id) : disconnect(environment.id)),
          },
        ]),
    ...inOrder(environments).flatMap((other, index): Command[] => {
      const command: Command = {
        id: `environment.switch.${other.id}`,
        label: t('command.switch', { name: other.name }),
        // Names can be alike: the kind tells what one is about to be on.
        detail: `${t(`common:kind.${other.kind}`)} · ${words.state(other.health)}`,
        keywords: [other.kind, other.folder ?? '', ...other.tags].join(' '),
        group: 'environment',
        icon: IconServer2,
        run: () => go(other.id),
      }
      if (index >= withKeys) return [command]
      return [
        { ...command, shortcut: `mod+${index + 1}` },
        // A browser keeps Ctrl and a digit for its own tabs.
        { ...command, id: `${command.id}.key`, shortcut: `g ${index + 1}`, hidden: true },
      ]
    }),
  ])
  return null
}
