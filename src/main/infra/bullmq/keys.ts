import { Buffer } from 'node:buffer'
import type { JobState } from '#shared/domain/job-state.ts'

/**
 * Where BullMQ (3 to 6) and Bull (3, 4) keep things: `<prefix>:<queue>:<suffix>`. A prefix may hold
 * colons, a queue name may not (BullMQ refuses it), a job id may.
 */
export function queueKey(prefix: string, queue: string, suffix: string): string {
  return `${prefix}:${queue}:${suffix}`
}

/** The job's hash. */
export function jobKey(prefix: string, queue: string, job: string): string {
  return `${prefix}:${queue}:${job}`
}

/** A key that belongs to one job: its lock, its logs, its children. */
export function jobPartKey(
  prefix: string,
  queue: string,
  job: string,
  part: 'lock' | 'logs' | 'dependencies' | 'processed' | 'failed' | 'unsuccessful',
): string {
  return `${prefix}:${queue}:${job}:${part}`
}

/** Suffix and type of the key that holds the ids of a state. */
export const stateKeys = {
  active: { suffix: 'active', type: 'list' },
  waiting: { suffix: 'wait', type: 'list' },
  prioritized: { suffix: 'prioritized', type: 'zset' },
  delayed: { suffix: 'delayed', type: 'zset' },
  'waiting-children': { suffix: 'waiting-children', type: 'zset' },
  failed: { suffix: 'failed', type: 'zset' },
  completed: { suffix: 'completed', type: 'zset' },
} as const satisfies Record<JobState, { suffix: string; type: 'list' | 'zset' }>

/** Up to v5 a paused queue's waiting jobs stand in this list instead of `wait`. */
export const pausedSuffix = 'paused'

export function listSuffixesOf(state: JobState): string[] {
  const { suffix } = stateKeys[state]
  return state === 'waiting' ? [suffix, pausedSuffix] : [suffix]
}

/** v3 and v4 push wake-up markers such as `0:1700000000000` among the ids of `wait`. */
export function isMarkerId(id: string): boolean {
  return id.startsWith('0:')
}

/** The score of the `delayed` set is the due time in milliseconds times this, plus a counter. */
export const delayedScoreFactor = 4096

/**
 * The queue a `meta` or `id` key belongs to, or null when it is neither or lies outside the prefix.
 * Read from the right, since a prefix may hold colons. `bull::relay:*` (an empty name) is BullMQ's
 * relay, not a queue.
 */
export function queueOfKey(prefix: string, key: string): string | null {
  const end = key.endsWith(':meta') ? 5 : key.endsWith(':id') ? 3 : 0
  if (end === 0 || !key.startsWith(`${prefix}:`)) return null
  const queue = key.slice(prefix.length + 1, -end)
  return queue === '' || queue.includes(':') ? null : queue
}

/** The name BullMQ 5 and 6 give the connections of a queue's unnamed worker. */
export function workerClientName(prefix: string, queue: string): string {
  return `${prefix}:${Buffer.from(queue).toString('base64')}`
}

/**
 * The queue and role a client name of CLIENT LIST speaks of, or null when it is not one of BullMQ's
 * or Bull's under this prefix. A worker's connection is named `<prefix>:<base64>` or
 * `<prefix>:<base64>:w:<name>`; `:qe` are queue events.
 */
export function queueOfClientName(
  prefix: string,
  name: string,
): { queue: string; role: 'worker' | 'other' } | null {
  if (!name.startsWith(`${prefix}:`)) return null
  const [encoded = '', ...rest] = name.slice(prefix.length + 1).split(':')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null
  const queue = Buffer.from(encoded, 'base64').toString('utf8')
  // A name that does not survive the round trip was never base64 of a queue's name.
  if (queue.includes(':') || Buffer.from(queue).toString('base64') !== encoded) return null
  return { queue, role: rest.length === 0 || rest[0] === 'w' ? 'worker' : 'other' }
}
