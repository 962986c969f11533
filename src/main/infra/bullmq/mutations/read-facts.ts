import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { ActionFacts, JobFacts, QueueFacts } from '#core/actions/ports.ts'
import { firstLine } from '#shared/domain/first-line.ts'
import { inSameSlot, sharesSlot } from '#shared/domain/hash-tag.ts'
import type { JobAddress } from '#core/services.ts'
import { countOf, numberOf, textOf, textsOf } from '../batch.ts'
import { basicFields, basicsOf, hashOf, type BasicField } from '../job-hash.ts'
import { placesOf } from '../job-place.ts'
import { jobKey, jobPartKey, pausedSuffix, queueKey, queueRoot, stateKeys } from '../keys.ts'
import { isLong, sizeText } from '../long-text.ts'
import type { FactsSource } from './facts-source.ts'
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
  source: FactsSource,
  prefix: string,
  address: JobAddress,
  { digest = false } = {},
): Promise<ReadFacts> {
  const [queue, read] = await Promise.all([
    readQueue(source, prefix, address.queue),
    readJob(source, prefix, address, digest),
  ])
  return { queue, job: read?.job ?? null, hints: read?.hints ?? null }
}

async function readQueue(
  { ask, clustered }: FactsSource,
  prefix: string,
  queue: string,
): Promise<QueueFacts> {
  const key = (suffix: string) => queueKey(prefix, queue, suffix)
  const [meta, hasMeta, hasId, waiting, pausedList] = await Promise.all([
    ask('hmget', key('meta'), 'version', 'paused'),
    ask('exists', key('meta')),
    ask('exists', key('id')),
    ask('llen', key(stateKeys.waiting.suffix)),
    ask('llen', key(pausedSuffix)),
  ])
  const [version = null, paused = null] = textsOf(meta)
  return {
    exists: countOf(hasMeta) + countOf(hasId) > 0,
    version,
    paused: paused !== null,
    waiting: countOf(waiting),
    pausedList: countOf(pausedList),
    acrossSlots: clustered && !sharesSlot(queueRoot(prefix, queue)),
  }
}

/** What may be of any size and decides nothing, so that it is asked for by size first. */
const texts = ['name', 'opts', 'failedReason', 'data'] as const

async function readJob(
  source: FactsSource,
  prefix: string,
  { queue, job }: JobAddress,
  digest: boolean,
): Promise<{ job: JobFacts; hints: ScriptHints } | null> {
  const { ask, sender, clustered } = source
  const key = jobKey(prefix, queue, job)
  const [exists, locked, [place], ...sizes] = await Promise.all([
    ask('exists', key),
    ask('exists', jobPartKey(prefix, queue, job, 'lock')),
    placesOf(sender, prefix, [{ queue, job }]),
    ...texts.map((field) => ask('hstrlen', key, field)),
  ])
  if (exists === 0) return null
  const [nameSize = 0, optionsSize = 0, messageSize = 0, dataSize = 0] = sizes.map(countOf)
  const left: BasicField[] = []
  if (isLong(nameSize)) left.push('name')
  if (isLong(optionsSize)) left.push('opts')
  const fields = basicFields.filter((field) => !left.includes(field))
  const hash = hashOf(fields, await ask('hmget', key, ...fields)) ?? {}
  const { lifo, delay: _, scheduler, parent, ...basics } = basicsOf(prefix, hash)
  const [message, data, nextRun, counting, children] = await Promise.all([
    messageSize > 0 && !isLong(messageSize) ? ask('hget', key, 'failedReason').then(textOf) : null,
    digest && dataSize <= longestDigested ? ask('hgetBuffer', key, 'data') : null,
    scheduler === null
      ? null
      : ask('zscore', queueKey(prefix, queue, 'repeat'), scheduler).then(textOf),
    parent === null ? false : isCounting(source, parent, key),
    childrenOf(source, prefix, key),
  ])
  const error = isLong(messageSize) ? sizeText(messageSize) : message
  const facts: JobFacts = {
    ...basics,
    name: isLong(nameSize) ? sizeText(nameSize) : basics.name,
    state: place?.state ?? 'unknown',
    error: error === null ? null : firstLine(error),
    dataSize,
    dataDigest: Buffer.isBuffer(data) ? createHash('sha256').update(data).digest('hex') : null,
    locked: locked === 1,
    scheduler:
      scheduler === null
        ? null
        : { id: scheduler, pending: isPending(job, basics.startedAt, numberOf(nextRun)) },
    parent: parent && {
      queue: parent.queue,
      job: parent.job,
      counting,
      acrossSlots: clustered && !inSameSlot(key, parent.key),
    },
    children,
  }
  return { job: facts, hints: { lifo, legacyAttempts: typeof hash.attemptsMade === 'string' } }
}

/**
 * Whether the schedule hangs on this job: BullMQ makes the next run only when this one starts. The
 * scheduler's score is the time in the id of its next run; `nextRun` is null when the schedule is gone.
 */
function isPending(job: string, startedAt: number | null, nextRun: number | null): boolean {
  if (nextRun === null || !job.startsWith('repeat:')) return false
  return startedAt === null || job.endsWith(`:${nextRun}`)
}
