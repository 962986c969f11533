import type { MantineColorSchemeManager } from '@mantine/core'
import type { Settings } from '#shared/contract/settings.ts'
import { rememberedSettings } from '../../lib/settings.ts'

export function colorSchemeOf(theme: Settings['theme']) {
  return theme === 'system' ? 'auto' : theme
}

/** The theme belongs to the console's settings; Mantine only asks for the one to start with. */
export const colorSchemeManager: MantineColorSchemeManager = {
  get: () => colorSchemeOf(rememberedSettings().theme),
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
}
