import type { Redis } from 'ioredis'
import { mostChildren, type ChildrenFacts } from '#core/actions/ports.ts'
import type { JobRef } from '#shared/contract/jobs.ts'
import { relativeOf, type Relative } from '../relatives.ts'

/** Whether a parent is in waiting-children and counts this job among those it waits for. */
export async function isCounting(redis: Redis, parent: Relative, jobKey: string): Promise<boolean> {
  const [score, member] = await Promise.all([
    redis.zscore(`${parent.root}:waiting-children`, parent.job),
    redis.sismember(`${parent.key}:dependencies`, jobKey),
  ])
  return score !== null && member === 1
}

/** The jobs below a job. Sizes are asked for first, so that a large family is not read. */
export async function childrenOf(
  redis: Redis,
  prefix: string,
  jobKey: string,
): Promise<ChildrenFacts> {
  const listed = new Set<string>()
  for (let level = [jobKey]; level.length > 0;) {
    const sizes = await Promise.all(level.map((key) => familySize(redis, key)))
    const count = sizes.reduce((sum, size) => sum + size, listed.size)
    if (count > mostChildren) return { count, keys: [], active: null }
    const families = await Promise.all(level.map((key) => childKeys(redis, key)))
    level = [...new Set(families.flat())].filter((key) => key !== jobKey && !listed.has(key))
    for (const key of level) listed.add(key)
  }
  const found = await Promise.all([...listed].map((key) => presence(redis, key)))
  // Redis gives sets and hashes in an order that changes by itself.
  const existing = found.filter(({ exists }) => exists)
  const keys = existing.map(({ key }) => key).toSorted()
  const held = found.find(({ locked }) => locked)
  return { count: keys.length, keys, active: held === undefined ? null : refOf(prefix, held.key) }
}

const refOf = (prefix: string, key: string): JobRef => {
  const { queue, job } = relativeOf(prefix, key)
  return { queue, job }
}

async function familySize(redis: Redis, key: string): Promise<number> {
  const sizes = await Promise.all([
    redis.scard(`${key}:dependencies`),
    redis.hlen(`${key}:processed`),
    redis.hlen(`${key}:failed`),
    redis.zcard(`${key}:unsuccessful`),
  ])
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function childKeys(redis: Redis, key: string): Promise<string[]> {
  const families = await Promise.all([
    redis.smembers(`${key}:dependencies`),
    fieldsOf(redis, `${key}:processed`),
    fieldsOf(redis, `${key}:failed`),
    redis.zrange(`${key}:unsuccessful`, '0', '-1'),
  ])
  return families.flat()
}

/** By HSCAN, which the rights of a read-only user have; the values, results of jobs, come along a few at a time. */
async function fieldsOf(redis: Redis, key: string): Promise<string[]> {
  const fields: string[] = []
  let cursor = '0'
  do {
    const [next, pairs] = await redis.hscan(key, cursor, 'COUNT', 10)
    fields.push(...pairs.filter((_, index) => index % 2 === 0))
    cursor = next
  } while (cursor !== '0')
  return fields
}

interface Presence {
  key: string
  exists: boolean
  locked: boolean
}

async function presence(redis: Redis, key: string): Promise<Presence> {
  const [exists, locked] = await Promise.all([redis.exists(key), redis.exists(`${key}:lock`)])
  return { key, exists: exists === 1, locked: locked === 1 }
}
