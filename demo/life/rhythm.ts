import type { FlowMaker } from './flows.ts'
import { addCuriosities } from './curiosities.ts'
import { abandonNextJob } from './stalled.ts'
import { commonKind, type Station } from './station.ts'

const minute = 60_000

/** Keeps life going: new jobs at each queue's pace, now and then a flow and a worker that dies. */
export function startRhythm(stations: ReadonlyMap<string, Station>, flows: FlowMaker): () => void {
  const timers = new Set<NodeJS.Timeout>()
  const repeat = (gap: () => number, work: () => Promise<unknown>) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      // A beat that is missed because Redis has gone is no news: the demo ends with its Redis.
      void work()
        .catch(() => undefined)
        .then(() => repeat(gap, work))
    }, gap())
    timers.add(timer)
  }
  let slowdown = 1
  for (const station of stations.values()) {
    const { scenario, random, settings } = station
    if (settings.size === 'small') slowdown = 4
    const gap = () => scenario.rhythm.every * slowdown * random.between(0.3, 1.7)
    repeat(gap, async () => produce(station))
  }
  repeat(
    () => 25_000 * slowdown,
    async () => flows.publishArticle(),
  )
  repeat(
    () => 30 * minute,
    async () => addCuriosities(stations, flows),
  )
  const photos = stations.get('photo-analyze')
  if (photos !== undefined) {
    repeat(
      () => 3 * minute,
      async () => abandonNextJob(photos, 8000),
    )
  }
  return () => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
  }
}

/** Adds a job unless enough are in line; the line grows and shrinks like a tide, over some minutes. */
async function produce(station: Station): Promise<void> {
  const { queue, scenario } = station
  const counts = await queue.getJobCounts('waiting', 'prioritized')
  const inLine = (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0)
  const tide = 1 + 0.6 * Math.sin((2 * Math.PI * Date.now()) / (4 * minute) + scenario.name.length)
  if (inLine < scenario.rhythm.backlog * tide) await station.add(commonKind(station))
}
