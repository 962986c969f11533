import type { Redis } from 'ioredis'
import type { JobState } from '#shared/domain/job-state.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import { pausedSuffix, queueKey, stateKeys } from '../keys.ts'

const sets = jobStates.filter((state) => stateKeys[state].type === 'zset')
/** Lists in the order they are searched; jobs of a queue paused by v5 count as waiting. */
const lists: readonly { suffix: string; state: JobState }[] = [
  { suffix: stateKeys.active.suffix, state: 'active' },
  { suffix: stateKeys.waiting.suffix, state: 'waiting' },
  { suffix: pausedSuffix, state: 'waiting' },
]

/**
 * The state a job stands in. The sets answer at once; the lists, where finding takes longer the longer
 * they are, are only asked when no set has it.
 */
export async function stateOfJob(
  redis: Redis,
  prefix: string,
  queue: string,
  job: string,
): Promise<JobState | 'unknown'> {
  const key = (suffix: string) => queueKey(prefix, queue, suffix)
  const scores = await Promise.all(
    sets.map((state) => redis.zscore(key(stateKeys[state].suffix), job)),
  )
  const found = sets.find((_, index) => scores[index] !== null)
  if (found !== undefined) return found
  for (const { suffix, state } of lists) {
    if (await isInList(redis, key(suffix), job)) return state
  }
  return 'unknown'
}

const page = 1000

async function isInList(redis: Redis, key: string, job: string): Promise<boolean> {
  try {
    return (await redis.lpos(key, job)) !== null
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('unknown command')) throw error
  }
  // Redis before 6.0.6.
  for (let start = 0; ; start += page) {
    const ids = await redis.lrange(key, start, start + page - 1)
    if (ids.includes(job)) return true
    if (ids.length < page) return false
  }
}
