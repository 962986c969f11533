import type { Queue, StateCounts } from '#shared/contract/queues.ts'

/** Queues seen before, so that a start shows them before any scan. Kept per environment. */
export interface KnownQueues {
  list(environment: string): string[]
  /** Adds names; those already there stay as they are. */
  remember(environment: string, queues: readonly string[]): void
  forget(environment: string, queues: readonly string[]): void
}

/** A queue's figures as they stood in Redis at one moment. */
export interface QueueReading {
  name: string
  at: number
  library: Queue['library']
  version: string | null
  counts: StateCounts
  paused: boolean
  workers: number | null
  /** The counter that every added job moves by one. */
  added: number | null
  /** Finished jobs that Redis still keeps. */
  finished: { lastMinute: number; completedLastHour: number; failedLastHour: number }
  oldestWaitingAt: number | null
}

export interface QueueReadings {
  readings: QueueReading[]
  /** Names asked for of which no key is left. */
  gone: string[]
  /** Queues that connected workers serve, as far as was seen; candidates, not verified. */
  connected: string[]
}

/**
 * Whether a person waits for what is read. Background work waits for room in the environment's budget,
 * as long as it takes, and while Redis is in trouble.
 */
export type Urgency = 'interactive' | 'background'

export interface ReadOptions {
  /** Takes no figure from an earlier reading. */
  fresh: boolean
  urgency: Urgency
}

/** Reads the queues of one environment; never writes. Throws as `EnvironmentService` readers do. */
export interface QueueReader {
  /**
   * One round trip whatever the number of queues; in the background a few at a time. Queues this user
   * may not read are in neither list; when there is no other, PERMISSION_DENIED.
   */
  read(queues: readonly string[], options: ReadOptions): Promise<QueueReadings>
  /**
   * One step of a key scan, from cursor `0` until it gives `0` again; candidates, not verified. This and
   * `keyCount` are background work.
   */
  scan(cursor: string): Promise<{ cursor: string; queues: string[]; keys: number }>
  /** Keys in the database: the length of a whole scan. */
  keyCount(): Promise<number>
  /** Queues that connected clients speak of; candidates, not verified. */
  connected(urgency: Urgency): Promise<string[]>
}
