import type { Language } from './duration.ts'

/** A whole number with the language's separators: "98,310", "98 310". */
export function formatCount(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value)
}

/** A short number for narrow places: "1.2M", "1,2 M". */
export function formatCompact(value: number, language: Language): string {
  return new Intl.NumberFormat(language, {
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(value)
}

/** A share, 0 to 1, as a percentage; what is neither nothing nor all never reads 0 % or 100 %. */
export function formatShare(share: number, language: Language): string {
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0,
  })
  if (share > 0 && share < 0.001) return `<\u00A0${percent.format(0.001)}`
  if (share < 1 && share > 0.99) return `>\u00A0${percent.format(0.99)}`
  return percent.format(share)
}

/** A figure with at most `digits` decimals: "1.2". */
export function formatDecimal(value: number, language: Language, digits = 1): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)
}
