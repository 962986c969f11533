import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { rememberSettings, useSettings } from '../lib/settings.ts'
import { i18n, systemLanguage } from './i18n/index.ts'
import { colorSchemeOf } from './theme/color-scheme.ts'

/** Puts the preferences on screen: language and theme, at once when they change. */
export function Appearance() {
  const settings = useSettings()
  const { setColorScheme } = useMantineColorScheme()
  const { theme, language } = settings
  useEffect(() => {
    setColorScheme(colorSchemeOf(theme))
  }, [theme, setColorScheme])
  useEffect(() => {
    const chosen = language === 'system' ? systemLanguage() : language
    document.documentElement.lang = chosen
    if (i18n.resolvedLanguage !== chosen) void i18n.changeLanguage(chosen)
  }, [language])
  useEffect(() => rememberSettings(settings), [settings])
  return null
}
