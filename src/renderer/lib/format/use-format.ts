import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from './bytes.ts'
import { formatDuration, type Language } from './duration.ts'
import { formatCompact, formatCount, formatDecimal, formatShare } from './number.ts'
import { formatClock, formatExact, formatRelative } from './time.ts'

/** The language on screen. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.resolvedLanguage === 'fr' ? 'fr' : 'en'
}

/** All formatting functions, bound to the language on screen. */
export function useFormat() {
  const language = useLanguage()
  return useMemo(
    () => ({
      language,
      duration: (milliseconds: number) => formatDuration(milliseconds, language),
      bytes: (bytes: number) => formatBytes(bytes, language),
      count: (value: number) => formatCount(value, language),
      compact: (value: number) => formatCompact(value, language),
      share: (share: number) => formatShare(share, language),
      decimal: (value: number, digits?: number) => formatDecimal(value, language, digits),
      exact: (at: number) => formatExact(at, language),
      relative: (at: number, now: number) => formatRelative(at, now, language),
      clock: (at: number, now: number, to?: 'minutes' | 'seconds') =>
        formatClock(at, now, language, to),
    }),
    [language],
  )
}
