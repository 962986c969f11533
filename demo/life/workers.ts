import { setTimeout as sleep } from 'node:timers/promises'
import type { Worker } from 'bullmq'
import type { JobData } from '../scenario/types.ts'
import type { DemoJob, Station } from './station.ts'

/** Share of its way at which an active job stands still when the demo does. */
const stillAt = 0.6

/** The queue's workers, at work until they are closed. */
export function startWorkers(station: Station): Worker<JobData>[] {
  const { scenario } = station
  return scenario.workers.map((name) =>
    station.openWorker(async (job) => work(station, job), {
      name,
      concurrency: scenario.concurrency,
      lockDuration: 15_000,
      stalledInterval: 10_000,
    }),
  )
}

async function work(station: Station, job: DemoJob): Promise<unknown> {
  const { duration, steps, error, result } = station.attempt(job)
  let passed = 0
  for (const { at, log, progress } of steps) {
    if (station.settings.still && at > stillAt) break
    await sleep(station.settings.still ? 0 : (at - passed) * duration)
    passed = at
    if (log !== undefined) await job.log(log)
    if (progress !== undefined) await job.updateProgress(progress)
  }
  if (station.settings.still) return new Promise(() => undefined)
  await sleep((1 - passed) * duration)
  if (error === null) return result
  throw error
}
