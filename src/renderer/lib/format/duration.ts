export type Language = 'en' | 'fr'

const units = {
  en: { day: 'd', hour: 'h', minute: 'm', second: 's', millisecond: 'ms' },
  fr: { day: 'j', hour: 'h', minute: 'min', second: 's', millisecond: 'ms' },
} as const

const noBreakSpace = '\u00A0'

/**
 * A length of time in at most two units, as in "2 m 14 s": milliseconds under a second, tenths under
 * ten seconds. Rounds down, so that nothing seems to have taken longer than it did.
 *
 * @param milliseconds below zero counts as zero
 */
export function formatDuration(milliseconds: number, language: Language): string {
  const unit = units[language]
  const total = Math.max(0, milliseconds)
  if (total < 1) {
    return join(number(Math.floor(total * 10) / 10, language), unit.millisecond)
  }
  if (total < 1000) return join(Math.floor(total), unit.millisecond)
  if (total < 10_000) return join(number(Math.floor(total / 100) / 10, language), unit.second)
  const seconds = Math.floor(total / 1000)
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), unit.day],
    [Math.floor(seconds / 3600) % 24, unit.hour],
    [Math.floor(seconds / 60) % 60, unit.minute],
    [seconds % 60, unit.second],
  ]
  const first = parts.findIndex(([value]) => value > 0)
  return parts
    .slice(first, first + 2)
    .filter(([value], index) => index === 0 || value > 0)
    .map(([value, name]) => join(value, name))
    .join(' ')
}

function join(value: number | string, name: string): string {
  return `${value}${noBreakSpace}${name}`
}

function number(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)
}
