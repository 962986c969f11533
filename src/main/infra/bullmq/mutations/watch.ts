import type { Redis } from 'ioredis'
import { scriptMajorOf } from '#core/actions/script-major.ts'
import type { JobAddress } from '#core/services.ts'
import { jobKey, jobPartKey, pausedSuffix, queueKey } from '../keys.ts'
import { ConflictError } from './errors.ts'
import type { FactsSource } from './facts-source.ts'
import { readFacts, type ReadFacts } from './read-facts.ts'

/**
 * Reads the facts such that the transaction that follows on this connection fails if they change: a
 * change of state touches the job's hash, a worker its lock, pausing `meta`.
 */
export async function watchAndRead(
  redis: Redis,
  source: FactsSource,
  prefix: string,
  address: JobAddress,
): Promise<ReadFacts> {
  const { queue, job } = address
  const meta = queueKey(prefix, queue, 'meta')
  const key = jobKey(prefix, queue, job)
  const [version, parentKey] = await Promise.all([
    redis.hget(meta, 'version'),
    redis.hget(key, 'parentKey'),
  ])
  const watched = [
    meta,
    key,
    jobPartKey(prefix, queue, job, 'lock'),
    jobPartKey(prefix, queue, job, 'dependencies'),
  ]
  // Only a foreign hand fills this list of a v6 queue; in a v5 queue it is as busy as `wait`.
  if (scriptMajorOf({ version }) === 6) watched.push(queueKey(prefix, queue, pausedSuffix))
  if (parentKey !== null && parentKey !== '') watched.push(parentKey, `${parentKey}:lock`)
  await redis.watch(...watched)
  const facts = await readFacts(source, prefix, address)
  if (facts.queue.version !== version) throw new ConflictError('the version changed')
  return facts
}
