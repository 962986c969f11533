import * as bullmq from 'bullmq'
import * as bullmq5 from 'bullmq5'
import type { Job, Queue, Worker, WorkerOptions } from 'bullmq'
import { seeded, type Random } from '../random.ts'
import type { JobData, JobKind, KindOptions, QueueScenario } from '../scenario/types.ts'
import { attemptOf, type Attempt } from './attempt.ts'

export interface DemoSettings {
  redisUrl: string
  seed: number
  /** `small` suits a server that grows slow with its data. */
  size: 'full' | 'small'
  /** Nothing moves: no new jobs, and active ones stay active. For pictures and tests. */
  still: boolean
}

export type DemoJob = Job<JobData>

/** A queue of the scenario with what is needed to work on it. */
export interface Station {
  scenario: QueueScenario
  settings: DemoSettings
  queue: Queue<JobData>
  random: Random
  openWorker(
    process: ((job: DemoJob) => Promise<unknown>) | null,
    options: Partial<WorkerOptions>,
  ): Worker<JobData>
  kind: (name: string) => JobKind
  add(kind: JobKind, options?: KindOptions): Promise<DemoJob>
  attempt(job: DemoJob): Attempt
}

/** The demo uses only what is the same in both majors. */
const libraries = { 5: bullmq5 as unknown as typeof bullmq, 6: bullmq }

const minutesOfADay = 24 * 60

/** Redis going away first, at the end, is no news; the demo's process watches it. */
export const ignore = (): void => undefined

export function openStation(scenario: QueueScenario, settings: DemoSettings): Station {
  const { Queue, Worker } = libraries[scenario.bullmq]
  const connection = connectionOf(settings.redisUrl)
  const random = seeded(settings.seed, scenario.name)
  const small = settings.size === 'small'
  const queue: Queue<JobData> = new Queue(scenario.name, {
    connection,
    streams: { events: { maxLen: small ? 400 : 10_000 } },
    defaultJobOptions: {
      removeOnComplete: { count: small ? 30 : 800 },
      removeOnFail: { count: small ? 20 : 400 },
    },
  })
  queue.on('error', ignore)
  const kind = (name: string) => {
    const found = scenario.kinds.find((candidate) => candidate.name === name)
    if (found === undefined) throw new Error(`${scenario.name} has no jobs called ${name}`)
    return found
  }
  return {
    scenario,
    settings,
    queue,
    random,
    kind,
    openWorker: (process, options) => {
      const worker: Worker<JobData> = new Worker(scenario.name, process, {
        connection,
        metrics: { maxDataPoints: small ? 60 : minutesOfADay },
        ...options,
      })
      worker.on('error', ignore)
      return worker
    },
    add: async (kind, options) =>
      queue.add(kind.name, kind.data(random), options ?? kind.options?.(random) ?? {}),
    attempt: (job) =>
      attemptOf(
        kind(job.name),
        {
          queue: scenario.name,
          id: job.id ?? '',
          data: job.data,
          attempt: job.attemptsMade + 1,
          attemptsAllowed: job.opts.attempts ?? 1,
        },
        settings.seed,
      ),
  }
}

/** As options and not as a client: each major makes its own with the ioredis it was built for. */
export function connectionOf(redisUrl: string) {
  const url = new URL(redisUrl)
  return {
    host: url.hostname,
    port: Number(url.port),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    maxRetriesPerRequest: null,
  }
}

/** One of the queue's ordinary kinds, by weight. */
export function commonKind({ scenario, random }: Station): JobKind {
  const total = scenario.kinds.reduce((sum, { weight }) => sum + weight, 0)
  let point = random.between(0, total)
  return scenario.kinds.find(({ weight }) => (point -= weight) < 0) ?? scenario.kinds[0]
}
