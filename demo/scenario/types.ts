import type { Random } from '../random.ts'
import type { Failure } from './failure.ts'

/** The data of a demo job: any JSON object. */
export type JobData = Record<string, unknown>

/** One run of a job, as its processor sees it. */
export interface Run {
  id: string
  data: JobData
  /** 1 for the first attempt. */
  attempt: number
  random: Random
}

/** Something a processor tells while it runs; `at` is the share of the run's duration that has passed. */
export interface Step {
  at: number
  log?: string
  progress?: number | JobData
}

/** Ways to fail, and the share of jobs that meet them. */
export interface Trouble {
  /** Share of jobs that fail at every attempt. */
  lasting: number
  /** Share of jobs that fail at first and succeed later. */
  passing?: number
  /** What every job may meet, and what a lasting trouble ends with; picked by chance. */
  failures: readonly [(run: Run) => Failure, ...((run: Run) => Failure)[]]
  /** What attempts before the last may meet; `failures` when left out. */
  early?: readonly [(run: Run) => Failure, ...((run: Run) => Failure)[]]
}

/** The options of BullMQ that the demo uses. */
export interface KindOptions {
  attempts?: number
  backoff?: { type: 'exponential' | 'fixed'; delay: number; jitter?: number }
  priority?: number
  /** Milliseconds. */
  delay?: number
}

/** A kind of job: everything of one name in a queue. */
export interface JobKind {
  name: string
  /** How common it is among the queue's kinds; 0 for kinds that only schedulers, flows or the start add. */
  weight: number
  data: (random: Random) => JobData
  options?: (random: Random) => KindOptions
  /** Milliseconds that an attempt takes, shortest and longest. */
  duration: readonly [number, number]
  steps?: (run: Run) => Step[]
  result: (run: Run) => unknown
  trouble?: Trouble
  /** Data that cannot be processed, whatever the shares say. */
  hopeless?: (data: JobData) => boolean
}

export interface Scheduler {
  id: string
  kind: string
  every?: number
  pattern?: string
  tz?: string
}

/** A queue of the demo: its kinds of jobs and its rhythm. */
export interface QueueScenario {
  name: string
  /** Major version of BullMQ whose classes serve it. */
  bullmq: 5 | 6
  /** Names of its workers, one process each in a real deployment. */
  workers: readonly [string, ...string[]]
  /** Jobs at once, per worker. */
  concurrency: number
  kinds: readonly [JobKind, ...JobKind[]]
  schedulers?: readonly Scheduler[]
  /** Finished jobs of the last day that stand there from the start. */
  history: number
  /** Mean milliseconds between two new jobs, and how many may wait before the producer holds back. */
  rhythm: { every: number; backlog: number }
  /** Jobs that stand in line from the start. */
  waiting: number
  paused?: boolean
}
