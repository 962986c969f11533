import { setTimeout as sleep } from 'node:timers/promises'
import { scenario } from '../scenario/index.ts'
import { installClock, underClock } from './clock.ts'
import { addCuriosities } from './curiosities.ts'
import { openFlows } from './flows.ts'
import { byHand, clear, liveThrough, liveThroughHistory } from './history.ts'
import { lineUp } from './line-up.ts'
import { startRhythm } from './rhythm.ts'
import { haveJobsStalled } from './stalled.ts'
import { openStation, type DemoSettings, type Station } from './station.ts'
import { startWorkers } from './workers.ts'

const minute = 60_000

/** Gives an empty Redis its last day, its present and, unless it is to be still, its life from now on. */
export async function bringToLife(settings: DemoSettings): Promise<void> {
  installClock()
  const now = Date.now()
  const stations = new Map(
    scenario.map((queue) => [queue.name, openStation(queue, settings)] as const),
  )
  const flows = openFlows(settings, stations)

  const each = async (work: (station: Station) => Promise<void>) =>
    Promise.all([...stations.values()].map(work))
  await each(async (station) => haveHistory(station, now))
  await underClock({ now: now - 3 * minute }, async () => flows.publishWithBrokenImage())
  await each(async (station) => clear(station, { now: now - 3 * minute }))
  const photos = stations.get('photo-analyze')
  if (photos !== undefined) await haveJobsStalled(photos, now)
  await each(async (station) => lineUp(station, now))
  await flows.publishArticle()
  if (!settings.still) await addCuriosities(stations, flows)
  await each(async (station) => {
    const workers = startWorkers(station)
    await Promise.all(workers.map(async (worker) => worker.waitUntilReady()))
    if (settings.still) await allBusy(station)
  })
  if (!settings.still) startRhythm(stations, flows)
}

async function haveHistory(station: Station, now: number): Promise<void> {
  const { scenario } = station
  await liveThroughHistory(station, now)
  await byHand(station, async (hand) => {
    for (const kind of scenario.kinds.filter(({ name }) => name.startsWith('import_'))) {
      await liveThrough(station, hand, kind, now - 4 * minute)
    }
  })
}

/** Resolves when the workers have taken all they can hold, so that nothing moves from then on. */
async function allBusy({ scenario, queue }: Station): Promise<void> {
  if (scenario.paused === true) return
  const room = scenario.workers.length * scenario.concurrency
  for (;;) {
    const {
      active = 0,
      waiting = 0,
      prioritized = 0,
    } = await queue.getJobCounts('active', 'waiting', 'prioritized')
    if (active >= room || waiting + prioritized === 0) return
    await sleep(10)
  }
}
