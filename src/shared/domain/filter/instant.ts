import { parseDuration } from './measure.ts'
import { instantsAt, type WallClock } from './wall-time.ts'

const dayLength = 86_400_000
/** The last millisecond of the year 9999. */
const lastInstant = 253_402_300_799_999

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)?)?$/i

export interface Clock {
  /** Milliseconds since 1970. */
  now: number
  zone: string
  /** What clocks show there; null where the zone is not known. */
  wall: () => WallClock | null
}

/**
 * The instant a value of `since` or `until` stands for. A day is its start for `since` and its end for
 * `until`; a time without a zone that clocks show twice is the first for `since` and the last for `until`,
 * so that nothing that can be meant is left out.
 */
export function parseInstant(
  edge: 'since' | 'until',
  text: string,
  clock: Clock,
): number | 'bad-date' | 'bad-zone' {
  if (!isInstant(clock.now)) return 'bad-date'
  const at = instantOf(edge, text, clock)
  if (typeof at === 'string') return at
  return isInstant(at) ? at : 'bad-date'
}

function isInstant(at: number): boolean {
  return at >= 0 && at <= lastInstant
}

function instantOf(
  edge: 'since' | 'until',
  text: string,
  { now, wall }: Clock,
): number | 'bad-date' | 'bad-zone' {
  const named = text.toLowerCase()
  if (named === 'now') return now
  if (named === 'today' || named === 'yesterday') {
    const clock = wall()
    if (clock === null) return 'bad-zone'
    const today = Math.floor(clock(now) / dayLength) * dayLength
    return edgeOfDay(edge, clock, named === 'today' ? today : today - dayLength)
  }
  const back = parseDuration(text)
  if (back !== null) return now - back
  const parts = iso.exec(text)
  if (parts === null) return 'bad-date'
  const shown = shownBy(parts)
  if (shown === null) return 'bad-date'
  const offset = offsetOf(parts)
  if (Number.isNaN(offset)) return 'bad-date'
  if (offset !== null) return shown - offset
  const clock = wall()
  if (clock === null) return 'bad-zone'
  if (parts[4] === undefined) return edgeOfDay(edge, clock, shown)
  const { first, last } = instantsAt(clock, shown)
  return edge === 'since' ? first : last
}

function edgeOfDay(edge: 'since' | 'until', clock: WallClock, start: number): number {
  return instantsAt(clock, edge === 'since' ? start : start + dayLength).first
}

/** What a clock shows then, as if it were UTC; null for a day or time that does not exist. */
function shownBy(parts: RegExpExecArray): number | null {
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = ''] = parts
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3))
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null
  return date.setUTCHours(Number(hour), Number(minute), Number(second), milliseconds)
}

/** Of UTC, in milliseconds; null where none is written, NaN for one that does not exist. */
function offsetOf(parts: RegExpExecArray): number | null {
  const [, , , , , , , , utc, sign, hours, minutes = 0] = parts
  if (utc !== undefined) return 0
  if (sign === undefined) return null
  if (Number(hours) > 23 || Number(minutes) > 59) return Number.NaN
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000)
}

/** As short as it can be without leaving anything out: `2026-11-20T08:00Z`. */
export function formatInstant(at: number): string {
  return new Date(at).toISOString().replace(/(?::00)?\.000Z$/, 'Z')
}
