import type { Redis } from 'ioredis'
import { isPermissionReply } from './failure.ts'

/** The sections the console has a use for; `commandstats` is in none of the default ones. */
const sections = [
  'server',
  'memory',
  'persistence',
  'replication',
  'stats',
  'cpu',
  'commandstats',
] as const

export interface ServerInfo {
  version: string | null
  role: 'primary' | 'replica' | null
  /** Null on a primary, or when Redis does not tell. */
  masterLink: 'up' | 'down' | null
  usedMemory: number | null
  /** Null without a limit. */
  maxMemory: number | null
}

/** The lines of INFO the console uses; a server that leaves them out is tolerated. */
export function parseServerInfo(info: string): ServerInfo {
  const field = (name: string) => new RegExp(`^${name}:([^\\r\\n]+)`, 'm').exec(info)?.[1] ?? null
  const role = field('role')
  const link = field('master_link_status')
  return {
    // Valkey says 7.2.4 under redis_version for old clients, and its own beside it.
    version: field('redis_version'),
    role: role === 'master' ? 'primary' : role === 'slave' ? 'replica' : null,
    masterLink: link === 'up' || link === 'down' ? link : null,
    usedMemory: positive(field('used_memory')),
    maxMemory: positive(field('maxmemory')),
  }
}

/**
 * All of it by one INFO, as text; null when Redis refuses. Servers before 7 take one section alone, and
 * are asked for everything.
 *
 * @throws what the connection fails with, and LOADING or BUSY as Redis says it.
 */
export async function readInfo(redis: Redis): Promise<string | null> {
  try {
    return await redis.info(...sections)
  } catch (error) {
    if (isPermissionReply(error)) return null
    if (!(error instanceof Error) || !error.message.startsWith('ERR ')) throw error
    return redis.info('all')
  }
}

function positive(text: string | null): number | null {
  const number = Number(text)
  return number > 0 ? number : null
}
