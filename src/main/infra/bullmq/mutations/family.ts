import type { Redis } from 'ioredis'
import type { JobRef } from '#shared/contract/jobs.ts'

/** A job as BullMQ refers to it from another: `<prefix>:<queue>:<id>`. */
export interface Relative {
  key: string
  prefix: string
  queue: string
  job: string
}

/**
 * Takes a job's key apart. A queue's name holds no colon, prefix and id may; `queueKey`
 * (`<prefix>:<queue>`), where it is known, tells where the id begins. Otherwise the last colon does,
 * as in BullMQ's own scripts.
 */
export function relativeOf(key: string, queueKey?: string): Relative {
  const known = queueKey !== undefined && key.startsWith(`${queueKey}:`)
  const end = known ? queueKey.length : key.lastIndexOf(':')
  const head = key.slice(0, end)
  const start = head.lastIndexOf(':')
  return {
    key,
    prefix: head.slice(0, start),
    queue: head.slice(start + 1),
    job: key.slice(end + 1),
  }
}

/** The parent named by a job's hash. */
export function parentOf(parentKey: string | null, parent: string | null): Relative | null {
  if (parentKey === null || parentKey === '') return null
  return relativeOf(parentKey, queueKeyIn(parent))
}

function queueKeyIn(parent: string | null): string | undefined {
  try {
    const { queueKey } = JSON.parse(parent ?? '{}') as { queueKey?: unknown }
    return typeof queueKey === 'string' ? queueKey : undefined
  } catch {
    return undefined
  }
}

/** Whether a parent is in waiting-children and counts this job among those it waits for. */
export async function isCounting(redis: Redis, parent: Relative, jobKey: string): Promise<boolean> {
  const [score, member] = await Promise.all([
    redis.zscore(`${parent.prefix}:${parent.queue}:waiting-children`, parent.job),
    redis.sismember(`${parent.key}:dependencies`, jobKey),
  ])
  return score !== null && member === 1
}

/** Counting stops here; no screen tells 10 000 from more. */
const mostChildren = 10_000
const batch = 200

/** The existing jobs below a job on all levels, and one of them that a worker holds. */
export async function childrenOf(
  redis: Redis,
  jobKey: string,
): Promise<{ count: number; active: JobRef | null }> {
  const seen = new Set([jobKey])
  let count = 0
  let active: JobRef | null = null
  for (let level = [jobKey]; level.length > 0 && seen.size < mostChildren;) {
    const below: string[] = []
    for (let start = 0; start < level.length; start += batch) {
      const keys = level.slice(start, start + batch)
      const families = await Promise.all(keys.map((key) => childKeys(redis, key)))
      below.push(...families.flat().filter((key) => !seen.has(key)))
      for (const key of below) seen.add(key)
    }
    const unique = [...new Set(below)]
    const held = await Promise.all(unique.map((key) => presence(redis, key)))
    count += held.filter(({ exists }) => exists).length
    const locked = unique.find((_, index) => held[index]?.locked)
    if (locked !== undefined && active === null) {
      const { queue, job } = relativeOf(locked)
      active = { queue, job }
    }
    level = unique
  }
  return { count, active }
}

async function childKeys(redis: Redis, key: string): Promise<string[]> {
  const families = await Promise.all([
    redis.smembers(`${key}:dependencies`),
    redis.hkeys(`${key}:processed`),
    redis.hkeys(`${key}:failed`),
    redis.zrange(`${key}:unsuccessful`, '0', '-1'),
  ])
  return families.flat()
}

async function presence(redis: Redis, key: string): Promise<{ exists: boolean; locked: boolean }> {
  const [exists, locked] = await Promise.all([redis.exists(key), redis.exists(`${key}:lock`)])
  return { exists: exists === 1, locked: locked === 1 }
}
