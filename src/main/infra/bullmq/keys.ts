import { Buffer } from 'node:buffer'
import type { JobState } from '#shared/domain/job-state.ts'
import { firstPrefix, queueReference } from '#shared/domain/queue-reference.ts'

/*
 * Where BullMQ (3 to 6) and Bull (3, 4) keep things: `<prefix>:<queue>:<suffix>`. A prefix may hold
 * colons, a queue name may not (BullMQ refuses it), a job id may. Here and in the whole folder `queue`
 * is a reference, and `prefix` the first of the environment's, under which a name alone lies.
 */

/** What all keys of a queue begin with, before the colon. */
export function queueRoot(prefix: string, queue: string): string {
  return queue.includes(':') ? queue : `${prefix}:${queue}`
}

export function queueKey(prefix: string, queue: string, suffix: string): string {
  return `${queueRoot(prefix, queue)}:${suffix}`
}

/** The job's hash. */
export function jobKey(prefix: string, queue: string, job: string): string {
  return `${queueRoot(prefix, queue)}:${job}`
}

/** A key that belongs to one job: its lock, its logs, its children. */
export function jobPartKey(
  prefix: string,
  queue: string,
  job: string,
  part: 'lock' | 'logs' | 'dependencies' | 'processed' | 'failed' | 'unsuccessful',
): string {
  return `${queueRoot(prefix, queue)}:${job}:${part}`
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

/**
 * The queue a `meta` or `id` key belongs to, or null when it is neither or lies outside these prefixes.
 * Read from the right, since a prefix may hold colons. `bull::relay:*` (an empty name) is BullMQ's
 * relay, not a queue.
 */
export function queueOfKey(prefixes: readonly string[], key: string): string | null {
  const end = key.endsWith(':meta') ? 5 : key.endsWith(':id') ? 3 : 0
  const colon = end === 0 ? -1 : key.lastIndexOf(':', key.length - end - 1)
  if (colon === -1) return null
  const [prefix, name] = [key.slice(0, colon), key.slice(colon + 1, -end)]
  if (name === '' || !prefixes.includes(prefix)) return null
  return queueReference(firstPrefix(prefixes), prefix, name)
}

/** The name BullMQ 5 and 6 give the connections of the unnamed worker of a queue under this prefix. */
export function workerClientName(prefix: string, name: string): string {
  return `${prefix}:${Buffer.from(name).toString('base64')}`
}

/** Whose connection it is: a worker's is named `<prefix>:<base64>` or `<prefix>:<base64>:w:<name>`. */
export interface QueueClient {
  queue: string
  role: 'worker' | 'other'
}

/**
 * The queue and role a client name of CLIENT LIST speaks of, or null when it is not one of BullMQ's
 * or Bull's under these prefixes. `:qe` are queue events.
 */
export function queueOfClientName(prefixes: readonly string[], name: string): QueueClient | null {
  let found: QueueClient | null = null
  let length = -1
  for (const prefix of prefixes) {
    // Of two prefixes one of which begins with the other, the longer one explains more of the name.
    if (prefix.length <= length || !name.startsWith(`${prefix}:`)) continue
    const [encoded = '', ...rest] = name.slice(prefix.length + 1).split(':')
    const decoded = queueNameOf(encoded)
    if (decoded === null) continue
    length = prefix.length
    found = {
      queue: queueReference(firstPrefix(prefixes), prefix, decoded),
      role: rest.length === 0 || rest[0] === 'w' ? 'worker' : 'other',
    }
  }
  return found
}

function queueNameOf(encoded: string): string | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return null
  const name = Buffer.from(encoded, 'base64').toString('utf8')
  // What does not survive the round trip was never base64 of a queue's name.
  return name.includes(':') || Buffer.from(name).toString('base64') !== encoded ? null : name
}
