import type { Language } from './duration.ts'

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

/** "3m ago", "in 2h": whole units, rounded towards now; "now" within a second. */
export function formatRelative(at: number, now: number, language: Language): string {
  const difference = at - now
  const step = steps.find(([, length]) => Math.abs(difference) >= length)
  if (step === undefined) {
    return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second')
  }
  const [unit, size] = step
  // Narrow French reads "-3 s".
  const style = language === 'en' ? 'narrow' : 'short'
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always', style })
  return format.format(Math.trunc(difference / size), unit)
}

/** Date, time to the millisecond and zone: "20 Nov 2026, 14:02:11.123 CET". */
export function formatExact(at: number, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(at)
}

/** Time of day to the minute, or to the second, with the date unless it is today's: "14:02". */
export function formatClock(
  at: number,
  now: number,
  language: Language,
  to: 'minutes' | 'seconds' = 'minutes',
): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString()
  return new Intl.DateTimeFormat(locale(language), {
    ...(sameDay ? {} : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    ...(to === 'seconds' ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(at)
}

/** British English: day before month and a 24-hour clock, as the rest of the screen. */
function locale(language: Language): string {
  return language === 'en' ? 'en-GB' : 'fr-FR'
}
