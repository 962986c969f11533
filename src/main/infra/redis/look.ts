import type { Redis } from 'ioredis'
import { failureOf } from './failure.ts'
import { withoutOwnDelay, watchOwnDelay } from './own-delay.ts'
import { readInfo } from './server-info.ts'
import { unlessSilent } from './silence.ts'

/** What a server says when asked how it is. */
export interface Look {
  /** Round trip of PING in milliseconds, without what this process was held up meanwhile. */
  latency: number
  /** False where it was held up for most of that time: then the rest says little of Redis. */
  telling: boolean
  state: 'serving' | 'loading' | 'busy'
  /** INFO; null when it is refused, undefined when it was not asked for or cannot be told now. */
  info: string | null | undefined
}

/**
 * Asks a server how it is. Fails when it does not say that it is there: after a silence of `patience`
 * milliseconds (bytes of another, longer answer are no silence), or because it wants a password.
 */
export async function lookAt(
  redis: Redis,
  options: { patience: number; info: boolean },
): Promise<Look> {
  const sentAt = performance.now()
  const ownDelay = watchOwnDelay()
  const taken = () => withoutOwnDelay(performance.now() - sentAt, ownDelay())
  const pinged = redis.ping().then(
    () => ({ ...taken(), state: 'serving' as const }),
    (error: unknown) => ({ ...taken(), state: stateIn(error) }),
  )
  const told = options.info ? readInfo(redis).catch(() => undefined) : undefined
  const answer = await unlessSilent(redis, options.patience, pinged).finally(ownDelay)
  const info = await unlessSilent(redis, options.patience, Promise.resolve(told))
  return { ...answer, info }
}

/** Some refusals of PING are answers all the same. */
function stateIn(error: unknown): Look['state'] {
  const { reason } = failureOf(error)
  if (reason === 'loading' || reason === 'busy') return reason
  // A user who may not PING, and a replica that has lost its primary.
  if (reason === 'permission' || reason === 'replication') return 'serving'
  throw error
}
