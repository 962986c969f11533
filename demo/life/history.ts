import type { Worker } from 'bullmq'
import type { JobData, JobKind } from '../scenario/types.ts'
import { underClock, type Clock } from './clock.ts'
import { commonKind, type DemoJob, type Station } from './station.ts'

const minute = 60_000
const token = 'history'

/** Lives through the queue's last day: each job is really added, taken, tried and finished, in turn. */
export async function liveThroughHistory(station: Station, now: number): Promise<void> {
  const { scenario, settings, random } = station
  const count = settings.size === 'small' ? Math.ceil(scenario.history / 12) : scenario.history
  await byHand(station, async (hand) => {
    for (const age of agesOf(count, random.next)) {
      await liveThrough(station, hand, commonKind(station), now - age)
    }
  })
}

/** Oldest first; two in five within the last two hours, the others over the day. */
function agesOf(count: number, next: () => number): number[] {
  const recent = 5 * minute
  return Array.from({ length: count }, (_, index) =>
    index % 5 < 2 ? recent + next() * 115 * minute : recent + next() * (23.8 * 60 * minute),
  ).sort((left, right) => right - left)
}

/** Adds a job of this kind, has it due at `at` (ms), and takes it through all its attempts, under the clock of then. */
export async function liveThrough(
  station: Station,
  hand: Worker<JobData>,
  kind: JobKind,
  at: number,
): Promise<void> {
  const options = kind.options?.(station.random) ?? {}
  const delay = options.delay ?? 0
  const clock: Clock = { now: Math.round(at) - delay }
  await underClock(clock, async () => {
    await station.add(kind, options)
    clock.now += delay + wait(station)
    while (await tryOnce(station, hand, clock)) clock.now += wait(station)
  })
}

/** Opens a worker that takes a job only when told to, for as long as `work` lasts. */
export async function byHand<T>(
  station: Station,
  work: (hand: Worker<JobData>) => Promise<T>,
): Promise<T> {
  const hand = station.openWorker(null, { autorun: false, name: station.scenario.workers[0] })
  try {
    await hand.waitUntilReady()
    return await work(hand)
  } finally {
    await hand.close()
  }
}

/** Tries everything in line, and again where BullMQ will, until nothing is left to do by `clock`. */
export async function clear(station: Station, clock: Clock): Promise<void> {
  await byHand(station, async (hand) =>
    underClock(clock, async () => {
      while ((await station.queue.getJobCountByTypes('waiting', 'prioritized', 'delayed')) > 0) {
        while (await tryOnce(station, hand, clock)) clock.now += 1000
      }
    }),
  )
}

/** Takes and tries the next job; true when BullMQ will try it again, and the clock stands at that time. */
export async function tryOnce(
  station: Station,
  hand: Worker<JobData>,
  clock: Clock,
): Promise<boolean> {
  const job: DemoJob | undefined = await hand.getNextJob(token, { block: false })
  if (job === undefined) throw new Error(`no job to take in ${station.scenario.name}`)
  const attempt = station.attempt(job)
  await Promise.all(
    attempt.steps.flatMap(({ log, progress }) => [
      ...(log === undefined ? [] : [job.log(log)]),
      ...(progress === undefined ? [] : [job.updateProgress(progress)]),
    ]),
  )
  clock.now += attempt.duration
  if (attempt.error === null) {
    await job.moveToCompleted(attempt.result, token, false)
    return false
  }
  await job.moveToFailed(attempt.error, token, false)
  if ((await job.getState()) === 'failed') return false
  clock.now += job.delay
  return true
}

function wait({ random }: Station): number {
  return Math.round(random.chance(0.85) ? random.between(3, 400) : random.between(400, 20_000))
}
