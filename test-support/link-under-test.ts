import { Redis } from 'ioredis'
import { expect, onTestFinished, vi } from 'vitest'
import type { RedisLink } from '../src/main/infra/redis/link.ts'
import type { Health } from '../src/shared/contract/connections.ts'
import { linkTo, type LinkOverrides } from './link.ts'
import { startTestRedis, type TestRedis } from './redis.ts'

/** A Redis of the test's own, stopped when it ends. */
export async function redisServer(extra: readonly string[] = []): Promise<TestRedis> {
  const server = await startTestRedis(extra)
  onTestFinished(() => server.stop())
  return server
}

/** A link that connects, closed when the test ends. */
export function connect(url: string, overrides: LinkOverrides = {}): RedisLink {
  const link = linkTo(url, overrides)
  onTestFinished(() => link.close())
  return link
}

/** A client beside the console, to do to Redis what others do. */
export function admin(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => 100 })
  redis.on('error', () => {})
  onTestFinished(() => redis.disconnect())
  return redis
}

/** Waits until a link's health is so. */
export function expectState(link: RedisLink, expected: Partial<Health>): Promise<void> {
  return vi.waitFor(() => expect(link.health()).toMatchObject(expected), {
    timeout: 20_000,
    interval: 20,
  })
}

/** Every state a link goes through from now on, as `state reason`. */
export function statesOf(link: RedisLink): string[] {
  const states: string[] = []
  link.onHealth(({ state, reason }) => {
    const now = reason === null ? state : `${state} ${reason}`
    if (states.at(-1) !== now) states.push(now)
  })
  return states
}
