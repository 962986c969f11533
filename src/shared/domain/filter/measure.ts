import { isDurationField } from './fields.ts'
import type { NumberField } from './condition.ts'

const units = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const

const plainNumber = /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const durationPart = /(\d+(?:\.\d+)?)(ms|[wdhms])/iy

/** `1m30s`, `1.5s`, `500ms`, `2w` in milliseconds, rounded; null for anything else. Larger units come first. */
export function parseDuration(text: string): number | null {
  let total = 0
  let at = 0
  let next = 0
  do {
    durationPart.lastIndex = at
    const part = durationPart.exec(text)
    if (part === null) return null
    const [whole, amount, name = ''] = part
    const unit = units.findIndex(([unit]) => unit === name.toLowerCase())
    if (unit < next) return null
    total += Number(amount) * (units[unit]?.[1] ?? 0)
    next = unit + 1
    at += whole.length
  } while (at < text.length)
  const rounded = Math.round(total)
  return Number.isSafeInteger(rounded) ? rounded : null
}

/** The shortest that parseDuration reads as this many milliseconds, without weeks. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.round(milliseconds)
  let text = ''
  for (const [name, length] of units.slice(1)) {
    const amount = Math.floor(rest / length)
    rest -= amount * length
    if (amount > 0) text += `${amount}${name}`
  }
  return text === '' ? '0ms' : text
}

/** The number a field's value stands for: milliseconds, USD, megabytes or a count; null when it is none. */
export function parseMeasure(field: NumberField, text: string): number | null {
  if (isDurationField(field)) return text === '0' ? 0 : parseDuration(text)
  if (!plainNumber.test(text)) return null
  const value = Number(text)
  const holds = isCount(field) ? Number.isSafeInteger(value) : Number.isFinite(value)
  return holds ? value : null
}

export function formatMeasure(field: NumberField, value: number): string {
  return isDurationField(field) ? formatDuration(value) : String(value)
}

function isCount(field: NumberField): boolean {
  return field === 'attempts' || field === 'priority' || field === 'tokens'
}
