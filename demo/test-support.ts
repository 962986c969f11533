import { Redis } from 'ioredis'
import { scenario } from './scenario/index.ts'
import type { Demo } from './demo.ts'

/** A job's hash, with its queue, id and state. */
export interface StoredJob {
  queue: string
  id: string
  state: string
  hash: Record<string, string>
}

const lists = ['wait', 'active', 'paused']
const sets = ['prioritized', 'delayed', 'waiting-children', 'completed', 'failed']

/** Every job of the demo, read by plain commands: the demo must not be its own witness. */
export async function readJobs(redis: Redis): Promise<StoredJob[]> {
  const jobs: StoredJob[] = []
  for (const { name: queue } of scenario) {
    const key = (suffix: string) => `bull:${queue}:${suffix}`
    for (const state of [...lists, ...sets]) {
      const ids = lists.includes(state)
        ? await redis.lrange(key(state), 0, -1)
        : await redis.zrange(key(state), 0, '-1')
      const hashes = await Promise.all(ids.map(async (id) => redis.hgetall(key(id))))
      for (const [index, id] of ids.entries()) {
        jobs.push({ queue, id, state, hash: hashes[index] ?? {} })
      }
    }
  }
  return jobs
}

/** Connects to a demo's Redis for as long as `work` lasts. */
export async function withRedis<T>(demo: Demo, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(demo.url)
  try {
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}
