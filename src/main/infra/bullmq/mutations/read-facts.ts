import type { Redis } from 'ioredis'
import { createHash } from 'node:crypto'
import type { ActionFacts, JobFacts, QueueFacts } from '#core/actions/ports.ts'
import { firstLine } from '#shared/domain/first-line.ts'
import type { JobAddress } from '#core/services.ts'
import { jobKey, jobPartKey, pausedSuffix, queueKey, stateKeys } from '../keys.ts'
import { childrenOf, isCounting, parentOf } from './family.ts'
import { stateOfJob } from './job-state.ts'

/** Beyond this a message is a payload, and is not fetched for its first line. */
const longestMessage = 64 * 1024
const longestDigested = 16 * 1024 * 1024

/** What the script needs besides what the guard asks about. */
export interface ScriptHints {
  /** From the job's own options: put where it is taken next. */
  lifo: boolean
  /** Its attempts are counted in the field of BullMQ 3 and 4, which a reset does not know. */
  legacyAttempts: boolean
}

export type ReadFacts = ActionFacts & { hints: ScriptHints | null }

/**
 * Everything the guard asks about, in at most four round trips (commands issued together share one).
 * Raw reads only: BullMQ's own getters can write.
 */
export async function readFacts(
  redis: Redis,
  prefix: string,
  address: JobAddress,
  { digest = false } = {},
): Promise<ReadFacts> {
  const [queue, read] = await Promise.all([
    readQueue(redis, prefix, address.queue),
    readJob(redis, prefix, address, digest),
  ])
  return { queue, job: read?.job ?? null, hints: read?.hints ?? null }
}

async function readQueue(redis: Redis, prefix: string, queue: string): Promise<QueueFacts> {
  const key = (suffix: string) => queueKey(prefix, queue, suffix)
  const [[version, paused], exists, waiting, pausedList] = await Promise.all([
    redis.hmget(key('meta'), 'version', 'paused'),
    redis.exists(key('meta'), key('id')),
    redis.llen(key(stateKeys.waiting.suffix)),
    redis.llen(key(pausedSuffix)),
  ])
  return {
    exists: exists > 0,
    version: version ?? null,
    paused: paused !== null,
    waiting,
    pausedList,
  }
}

const fields = [
  'name',
  'atm',
  'attemptsMade',
  'opts',
  'timestamp',
  'processedOn',
  'finishedOn',
  'priority',
  'rjk',
  'parentKey',
  'parent',
] as const

async function readJob(
  redis: Redis,
  prefix: string,
  { queue, job }: JobAddress,
  digest: boolean,
): Promise<{ job: JobFacts; hints: ScriptHints } | null> {
  const key = jobKey(prefix, queue, job)
  const [exists, values, messageSize, dataSize, locked, state] = await Promise.all([
    redis.exists(key),
    redis.hmget(key, ...fields),
    redis.hstrlen(key, 'failedReason'),
    redis.hstrlen(key, 'data'),
    redis.exists(jobPartKey(prefix, queue, job, 'lock')),
    stateOfJob(redis, prefix, queue, job),
  ])
  if (exists === 0) return null
  const hash = Object.fromEntries(
    fields.map((field, index) => [field, values[index] ?? null]),
  ) as Record<(typeof fields)[number], string | null>
  const options = optionsIn(hash.opts)
  const parent = parentOf(hash.parentKey, hash.parent)
  const startedAt = numberOf(hash.processedOn)
  const [message, data, nextRun, counting, children] = await Promise.all([
    messageSize > 0 && messageSize <= longestMessage ? redis.hget(key, 'failedReason') : null,
    digest && dataSize <= longestDigested ? redis.hgetBuffer(key, 'data') : null,
    hash.rjk === null ? null : redis.zscore(queueKey(prefix, queue, 'repeat'), hash.rjk),
    parent === null ? false : isCounting(redis, parent, key),
    childrenOf(redis, key),
  ])
  const facts: JobFacts = {
    name: hash.name ?? '',
    state,
    attemptsMade: numberOf(hash.attemptsMade) ?? numberOf(hash.atm) ?? 0,
    attemptsAllowed: options.attempts,
    priority: numberOf(hash.priority) ?? 0,
    addedAt: numberOf(hash.timestamp),
    startedAt,
    finishedAt: numberOf(hash.finishedOn),
    error: message === null ? null : firstLine(message),
    dataSize,
    dataDigest: data === null ? null : createHash('sha256').update(data).digest('hex'),
    locked: locked === 1,
    scheduler:
      hash.rjk === null
        ? null
        : { id: hash.rjk, pending: isPending(job, startedAt, numberOf(nextRun)) },
    parent: parent && { queue: parent.queue, job: parent.job, counting },
    children,
  }
  const hints = { lifo: options.lifo, legacyAttempts: hash.attemptsMade !== null }
  return { job: facts, hints }
}

/**
 * Whether the schedule hangs on this job: BullMQ makes the next run only when this one starts. The
 * scheduler's score is the time in the id of its next run; `nextRun` is null when the schedule is gone.
 */
function isPending(job: string, startedAt: number | null, nextRun: number | null): boolean {
  if (nextRun === null || !job.startsWith('repeat:')) return false
  return startedAt === null || job.endsWith(`:${nextRun}`)
}

function numberOf(text: string | null): number | null {
  if (text === null || text === '') return null
  const number = Number(text)
  return Number.isFinite(number) ? number : null
}

function optionsIn(text: string | null): { attempts: number; lifo: boolean } {
  try {
    const { attempts, lifo } = JSON.parse(text ?? '{}') as { attempts?: unknown; lifo?: unknown }
    const allowed = typeof attempts === 'number' && attempts >= 1 ? Math.floor(attempts) : 1
    return { attempts: allowed, lifo: lifo === true }
  } catch {
    return { attempts: 1, lifo: false }
  }
}
