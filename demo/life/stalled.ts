import { underClock } from './clock.ts'
import { clear } from './history.ts'
import type { Station } from './station.ts'

/**
 * A worker takes a job and dies: it neither finishes nor renews its lock. BullMQ's own check finds the
 * job and puts it back in line, with one stall counted.
 */
export async function stallNextJob(station: Station, lockMilliseconds: number): Promise<boolean> {
  const dying = station.openWorker(null, {
    autorun: false,
    name: station.scenario.workers.at(-1) ?? '',
    lockDuration: lockMilliseconds,
    stalledInterval: lockMilliseconds,
  })
  try {
    await dying.waitUntilReady()
    const job = await dying.getNextJob(`dying-${station.random.token(8)}`, { block: false })
    if (job === undefined) return false
    const found = new Promise<void>((resolve) => {
      dying.on('stalled', (id) => {
        if (id === job.id) resolve()
      })
    })
    await dying.startStalledCheckTimer()
    await found
    return true
  } finally {
    await dying.close()
  }
}

/** One job that stalled and then succeeded, and one that stalled too often: BullMQ will fail it. */
export async function haveJobsStalled(station: Station, now: number): Promise<void> {
  const kind = station.scenario.kinds[0]
  const clock = { now: now - 11 * 60_000 }
  await underClock(clock, async () => station.add(kind))
  await stallNextJob(station, 40)
  clock.now += 30_000
  await clear(station, clock)
  await station.add(kind)
  await stallNextJob(station, 40)
  await stallNextJob(station, 40)
}
