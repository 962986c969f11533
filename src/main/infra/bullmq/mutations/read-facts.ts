import type { Redis } from 'ioredis'
import { createHash } from 'node:crypto'
import type { ActionFacts, JobFacts, QueueFacts } from '#core/actions/ports.ts'
import { firstLine } from '#shared/domain/first-line.ts'
import type { JobAddress } from '#core/services.ts'
import { sendCommands } from '#infra/redis/send-commands.ts'
import { numberOf, type PipelineSender } from '../batch.ts'
import { basicFields, basicsOf, hashOf, type BasicField } from '../job-hash.ts'
import { placesOf } from '../job-place.ts'
import { jobKey, jobPartKey, pausedSuffix, queueKey, stateKeys } from '../keys.ts'
import { isLong, sizeText } from '../long-text.ts'
import { childrenOf, isCounting } from './family.ts'

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
 * Everything the guard asks about, in a few round trips (commands issued together share one).
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

/** What may be of any size and decides nothing, so that it is asked for by size first. */
const texts = ['name', 'opts', 'failedReason', 'data'] as const

async function readJob(
  redis: Redis,
  prefix: string,
  { queue, job }: JobAddress,
  digest: boolean,
): Promise<{ job: JobFacts; hints: ScriptHints } | null> {
  const key = jobKey(prefix, queue, job)
  const [exists, locked, [place], ...sizes] = await Promise.all([
    redis.exists(key),
    redis.exists(jobPartKey(prefix, queue, job, 'lock')),
    placesOf(strictSender(redis), prefix, [{ queue, job }]),
    ...texts.map((field) => redis.hstrlen(key, field)),
  ])
  if (exists === 0) return null
  const [nameSize = 0, optionsSize = 0, messageSize = 0, dataSize = 0] = sizes
  const left: BasicField[] = []
  if (isLong(nameSize)) left.push('name')
  if (isLong(optionsSize)) left.push('opts')
  const fields = basicFields.filter((field) => !left.includes(field))
  const hash = hashOf(fields, await redis.hmget(key, ...fields)) ?? {}
  const { lifo, delay: _, scheduler, parent, ...basics } = basicsOf(prefix, hash)
  const [message, data, nextRun, counting, children] = await Promise.all([
    messageSize > 0 && !isLong(messageSize) ? redis.hget(key, 'failedReason') : null,
    digest && dataSize <= longestDigested ? redis.hgetBuffer(key, 'data') : null,
    scheduler === null ? null : redis.zscore(queueKey(prefix, queue, 'repeat'), scheduler),
    parent === null ? false : isCounting(redis, parent, key),
    childrenOf(redis, prefix, key),
  ])
  const error = isLong(messageSize) ? sizeText(messageSize) : message
  const facts: JobFacts = {
    ...basics,
    name: isLong(nameSize) ? sizeText(nameSize) : basics.name,
    state: place?.state ?? 'unknown',
    error: error === null ? null : firstLine(error),
    dataSize,
    dataDigest: data === null ? null : createHash('sha256').update(data).digest('hex'),
    locked: locked === 1,
    scheduler:
      scheduler === null
        ? null
        : { id: scheduler, pending: isPending(job, basics.startedAt, numberOf(nextRun)) },
    parent: parent && { queue: parent.queue, job: parent.job, counting },
    children,
  }
  return { job: facts, hints: { lifo, legacyAttempts: typeof hash.attemptsMade === 'string' } }
}

/** On this very connection, for WATCH; nothing may be decided on half of the facts, so refusals end it. */
function strictSender(redis: Redis): PipelineSender {
  return {
    environment: '',
    consoleError: (error) => error,
    async pipeline(commands) {
      const replies = commands.length === 0 ? [] : await sendCommands(redis, commands)
      const refusal = replies.find(
        (reply) => reply instanceof Error && !/unknown command/i.test(reply.message),
      )
      if (refusal !== undefined) throw refusal
      return replies
    },
  }
}

/**
 * Whether the schedule hangs on this job: BullMQ makes the next run only when this one starts. The
 * scheduler's score is the time in the id of its next run; `nextRun` is null when the schedule is gone.
 */
function isPending(job: string, startedAt: number | null, nextRun: number | null): boolean {
  if (nextRun === null || !job.startsWith('repeat:')) return false
  return startedAt === null || job.endsWith(`:${nextRun}`)
}
