import type { Redis } from 'ioredis'
import { setTimeout as delay } from 'node:timers/promises'
import { differencesBetween, saidByMirror, saidByRedis } from './mirror-differences.ts'
import type { Vigie } from './vigie.ts'

/** After that a mirror is taken for one that differs for good. */
const patience = 60_000
const shown = 5

export interface Equality {
  /** From now until the end of the first comparison in which nothing differed. */
  seconds: number
  compared: number
  /** Those of the last comparison; the first few in words. */
  differences: number
  examples: string[]
}

/** Compares until the mirror says of every job what Redis says, which must stand still. Never throws for that. */
export async function untilEqual(
  redis: Redis,
  vigie: Vigie,
  queues: readonly string[],
): Promise<Equality> {
  const started = performance.now()
  const truth = await saidByRedis(redis, queues)
  for (;;) {
    const differences = differencesBetween(truth, await saidByMirror(vigie, queues))
    const seconds = (performance.now() - started) / 1000
    if (differences.length === 0 || seconds * 1000 > patience) {
      const examples = differences.slice(0, shown)
      return { seconds, compared: truth.size, differences: differences.length, examples }
    }
    await delay(100)
  }
}
