import type { Placeholder } from './template-text.ts'

const durations = new Set(
  (
    'ns µs us ms msec msecs millisecond milliseconds millis s sec secs second seconds m min mins minute minutes h hr ' +
    'hrs hour hours d day days week weeks seconde secondes heure heures jour jours sekunde sekunden minuten stunde ' +
    'stunden tag tage tagen tagen'
  ).split(' '),
)

const sizes = new Set(
  'B byte bytes Bytes octet octets kB KB MB GB TB kb mb gb tb KiB MiB GiB TiB ko Ko Mo Go To'.split(
    ' ',
  ),
)

/** Behind a number without a space: `3x`, `1920x1080`, `2nd`, `1er`, `12px`, `30k`. */
const attached = /^(?:%|x|x\d{1,6}|px|st|nd|rd|th|er|e|k|K|M|fps|rpm|tps|dpi|°|º)$/

/** What a unit behind a number makes of it; null for any other word. */
export function unitKind(word: string): Placeholder | null {
  if (word.length > 12) return null
  if (durations.has(word.toLowerCase())) return 'duration'
  return sizes.has(word) ? 'size' : null
}

/** `1,234.5`, `1.234,56`, `-3e-7`, `5000ms`, `2m30s`, `12.5MB`, `1920x1080`; null where a word is no quantity. */
export function quantityKind(word: string): Placeholder | null {
  const end = endOfNumber(word, 0)
  if (end === 0) return null
  if (end === word.length) return 'number'
  const rest = word.slice(end)
  if (rest.length > 12) return null
  if (attached.test(rest)) return 'number'
  return unitKind(rest) ?? (isCompoundDuration(word, end) ? 'duration' : null)
}

/** `1h20m5.5s`: numbers and units in turn. */
function isCompoundDuration(word: string, start: number): boolean {
  let at = start
  while (at < word.length) {
    const unit = at
    while (at < word.length && !isDigit(word.charCodeAt(at))) at += 1
    if (unitKind(word.slice(unit, at)) !== 'duration') return false
    at = endOfNumber(word, at)
  }
  return true
}

/** Position behind the number at `start`; `start` itself where there is none. */
function endOfNumber(word: string, start: number): number {
  let at = start
  const first = word.charCodeAt(at)
  if (first === 43 || first === 45) at += 1
  if (!isDigit(word.charCodeAt(at))) return start
  while (at < word.length) {
    const code = word.charCodeAt(at)
    if (!isDigit(code) && !(isBetweenDigits(code) && isDigit(word.charCodeAt(at + 1)))) break
    at += 1
  }
  const exponent = /^[eE][+-]?\d{1,4}/.exec(word.slice(at, at + 7))
  return exponent === null ? at : at + exponent[0].length
}

/** `.`, `,`, `'`, `_`, and the spaces of a French number. */
function isBetweenDigits(code: number): boolean {
  return (
    code === 44 ||
    code === 46 ||
    code === 39 ||
    code === 95 ||
    code === 32 ||
    code === 160 ||
    code >= 0x2000
  )
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
