const day = 86_400_000

/** What clocks show in a zone: milliseconds since 1970 as if what they show were UTC. */
export type WallClock = (instant: number) => number

/** The clock of an IANA zone; null for a zone that is not known here. */
export function wallClock(zone: string): WallClock | null {
  const format = formatOf(zone)
  if (format === null) return null
  return (instant) => {
    const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
    for (const { type, value } of format.formatToParts(instant)) shown[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
    const milliseconds = ((instant % 1000) + 1000) % 1000
    return Date.UTC(year, month - 1, day, hour, minute, second) + milliseconds
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return null
  }
}

/**
 * The instants at which clocks show this: one as a rule; the first and the last where they are set back and
 * show it twice; where they are set forward over it, the instant of that.
 */
export function instantsAt(clock: WallClock, wall: number): { first: number; last: number } {
  // No two changes of a zone's offset are as close as two days, so these are the two it may have then.
  const before = wall - (clock(wall - day) - (wall - day))
  const after = wall - (clock(wall + day) - (wall + day))
  const shown = [before, after].filter((instant) => clock(instant) === wall)
  if (shown.length > 0) return { first: Math.min(...shown), last: Math.max(...shown) }
  let early = Math.min(before, after)
  let late = Math.max(before, after)
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (clock(middle) < wall) early = middle
    else late = middle
  }
  return { first: late, last: late }
}
