import type { Language } from './duration.ts'

const names = {
  en: ['B', 'KB', 'MB', 'GB', 'TB'],
  fr: ['o', 'Ko', 'Mo', 'Go', 'To'],
} as const

/** A size in bytes with a unit, in steps of 1,024: "1.2 MB", "1,2 Mo". */
export function formatBytes(bytes: number, language: Language): string {
  const step = bytes < 1 ? 0 : Math.min(4, Math.floor(Math.log(bytes) / Math.log(1024)))
  const value = bytes / 1024 ** step
  const digits = step === 0 || value >= 100 ? 0 : 1
  const text = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)
  return `${text}\u00A0${names[language][step] ?? ''}`
}
