import {
  IconBug,
  IconDatabase,
  IconHistory,
  IconKeyboard,
  IconLanguage,
  IconListDetails,
  IconMoon,
  IconSearch,
  IconServer2,
  IconSettings,
  IconStack2,
  IconSun,
  IconSunMoon,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Command, useCommands } from '../../lib/commands/index.ts'
import { useUpdateSettings } from '../../lib/settings.ts'
import { openHelp, openPalette } from './overlays.ts'

/** Commands that exist on every page: going to a page, theme, language, palette and help. */
export function AppCommands({ environment }: { environment: string | undefined }) {
  const { t } = useTranslation(['frame', 'common'])
  const navigate = useNavigate()
  const { mutate: update } = useUpdateSettings()
  const params = { environment: environment ?? '' }
  const known = environment !== undefined
  const go = (
    page: 'queues' | 'jobs' | 'failures' | 'audit' | 'mirror',
    icon: Command['icon'],
    shortcut: string,
  ): Command => ({
    id: `go.${page}`,
    label: t('command.go', { page: t(`common:page.${page}`) }),
    group: 'navigation',
    icon,
    shortcut,
    enabled: known,
    run: () => void navigate({ to: `/e/$environment/${page}`, params }),
  })
  useCommands([
    go('queues', IconStack2, 'g q'),
    go('jobs', IconListDetails, 'g j'),
    go('failures', IconBug, 'g f'),
    go('audit', IconHistory, 'g a'),
    go('mirror', IconDatabase, 'g m'),
    {
      id: 'go.environments',
      label: t('command.go', { page: t('common:page.environments') }),
      group: 'navigation',
      icon: IconServer2,
      shortcut: 'g e',
      run: () => void navigate({ to: '/environments' }),
    },
    {
      id: 'go.settings',
      label: t('command.go', { page: t('common:page.settings') }),
      group: 'navigation',
      icon: IconSettings,
      shortcut: 'g s',
      run: () => void navigate({ to: '/settings' }),
    },
    {
      id: 'palette',
      label: t('command.palette'),
      group: 'help',
      icon: IconSearch,
      shortcut: 'mod+k',
      hidden: true,
      run: openPalette,
    },
    {
      id: 'help',
      label: t('shortcuts'),
      group: 'help',
      icon: IconKeyboard,
      shortcut: '?',
      run: openHelp,
    },
    ...(['light', 'dark', 'system'] as const).map((theme) => ({
      id: `theme.${theme}`,
      label: t(`command.theme.${theme}`),
      group: 'settings' as const,
      icon: { light: IconSun, dark: IconMoon, system: IconSunMoon }[theme],
      run: () => update({ theme }),
    })),
    ...(['en', 'fr', 'system'] as const).map((language) => ({
      id: `language.${language}`,
      label: t(`command.language.${language}`),
      group: 'settings' as const,
      icon: IconLanguage,
      keywords: 'language langue',
      run: () => update({ language }),
    })),
  ])
  return null
}
