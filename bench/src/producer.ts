import type { Library } from '../../test-support/mirror-load.ts'

/** What a job does when it is worked on, and with which options it is added. */
export interface Order {
  order: number
}

export interface AddedJob {
  name: string
  data: Order
  opts: {
    attempts?: number
    backoff?: number
    removeOnComplete?: boolean
    delay?: number
    priority?: number
  }
}

export interface ProducerOptions {
  library: Library
  port: number
  prefix: string
  queue: string
  work: (job: { data: Order; attemptsMade: number }) => Promise<unknown>
  completed: () => void
  failed: () => void
}

/** A real producer and worker of one library on one queue. */
export interface Producer {
  add(jobs: readonly AddedJob[]): Promise<void>
  /** @returns how many were removed. */
  cleanCompleted(): Promise<number>
  retryFailed(): Promise<void>
  removeNewestFailed(): Promise<void>
  /** The whole queue, for a moment or for good. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Jobs that are still to be worked on. */
  left(): Promise<number>
  /** Ends the worker. What is added after is left as it is. */
  stopWorking(): Promise<void>
  close(): Promise<void>
}

/** Completed ones are cleaned when they are so old, at most so many at once. */
export const cleaning = { grace: 2000, most: 1000 }
export const mostRetried = 200
export const concurrency = 50
export const maxLenEvents = 1000
/** A job whose worker lost its connection is soon worked on again. */
export const stalling = { lockDuration: 5000, stalledInterval: 2000, maxStalledCount: 20 }
