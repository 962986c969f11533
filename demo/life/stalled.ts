import { underClock } from './clock.ts'
import { clear } from './history.ts'
import type { Station } from './station.ts'

/**
 * A worker takes a job and dies: it neither finishes nor renews its lock. A living worker's check will
 * find the job and put it back in line, with one stall counted.
 */
export async function abandonNextJob(station: Station, lockDuration: number): Promise<void> {
  const dying = station.openWorker(null, {
    autorun: false,
    name: station.scenario.workers.at(-1) ?? '',
    lockDuration,
  })
  await dying.waitUntilReady()
  await dying.getNextJob(`dying-${station.random.token(8)}`, { block: false })
  await dying.close()
}

/** The same, with the check made at once: for a queue that no one works at yet. */
async function stallNextJob(station: Station): Promise<void> {
  await abandonNextJob(station, 20)
  const checking = station.openWorker(null, { autorun: false, stalledInterval: 25 })
  const found = new Promise((resolve) => checking.once('stalled', resolve))
  await checking.startStalledCheckTimer()
  await found
  await checking.close()
}

/** One job that stalled and then succeeded, and one that stalled too often: BullMQ will fail it. */
export async function haveJobsStalled(station: Station, now: number): Promise<void> {
  const kind = station.scenario.kinds[0]
  const clock = { now: now - 11 * 60_000 }
  await underClock(clock, async () => station.add(kind))
  await stallNextJob(station)
  clock.now += 30_000
  await clear(station, clock)
  await station.add(kind)
  await stallNextJob(station)
  await stallNextJob(station)
}
