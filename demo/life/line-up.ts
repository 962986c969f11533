import { underClock } from './clock.ts'
import { commonKind, type Station } from './station.ts'

const minute = 60_000

/** Puts into the queue what has not been done yet: jobs in line, jobs for later, schedules; and pauses it. */
export async function lineUp(station: Station, now: number): Promise<void> {
  const { queue, random, scenario, settings } = station
  if (scenario.paused === true) await queue.pause()
  const small = settings.size === 'small'
  const waiting = small ? Math.ceil(scenario.waiting / 2) : scenario.waiting
  for (let index = waiting; index > 0; index--) {
    const span = scenario.paused === true ? 45 * minute : 20_000
    const at = Math.round(now - (index / waiting) * span)
    await underClock({ now: at }, async () => station.add(commonKind(station)))
  }
  for (const kind of scenario.kinds) {
    const comesLater = (kind.options?.(random).delay ?? 0) > 0
    const later = comesLater ? (small ? 4 : 14) : 0
    for (let index = 0; index < later; index++) await station.add(kind)
  }
  for (const { id, kind, every, pattern, tz } of scenario.schedulers ?? []) {
    const template = station.kind(kind)
    await queue.upsertJobScheduler(
      id,
      {
        ...(every === undefined ? {} : { every }),
        ...(pattern === undefined ? {} : { pattern }),
        ...(tz === undefined ? {} : { tz }),
      },
      { name: kind, data: template.data(random), opts: template.options?.(random) ?? {} },
    )
  }
}
