import { Buffer } from 'node:buffer'
import type { Redis } from 'ioredis'

/**
 * Every key with its value and the instant it expires, and Redis' own count of changes: equal only if
 * nothing was written meanwhile. Hashes and sets are sorted, since Redis reorders large ones by itself.
 */
export async function snapshotOfRedis(redis: Redis): Promise<Record<string, string>> {
  const keys = (await redis.keys('*')).sort()
  const entries = await Promise.all(
    keys.map(async (key): Promise<[string, string]> => {
      const value = await valueOf(redis, key, await redis.type(key))
      return [key, `${value} ${await redis.pexpiretime(key)}`]
    }),
  )
  const changes = /rdb_changes_since_last_save:(\d+)/.exec(await redis.info('persistence'))?.[1]
  return { ...Object.fromEntries(entries), 'changes since the last save': changes ?? '' }
}

async function valueOf(redis: Redis, key: string, type: string): Promise<string> {
  if (type === 'hash') {
    const fields = Object.entries(await redis.hgetallBuffer(key))
    return JSON.stringify(
      fields.map(([name, value]) => `${name}=${value.toString('base64')}`).sort(),
    )
  }
  if (type === 'set') return JSON.stringify((await redis.smembers(key)).sort())
  return (await redis.dumpBuffer(key))?.toString('base64') ?? Buffer.alloc(0).toString()
}
