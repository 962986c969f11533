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
  /** What the mirror told of itself then: one that differs and tells that it is late is not wrong. */
  behind: number
  /** Whether it told of a moment after the work's end that everything up to it is in the mirror. */
  toldInStep: boolean
}

/** Compares until the mirror says of every job what Redis says, which must stand still. Never throws for that. */
export async function untilEqual(
  redis: Redis,
  vigie: Vigie,
  queues: readonly string[],
): Promise<Equality> {
  const [started, from] = [performance.now(), Date.now()]
  const truth = await saidByRedis(redis, queues)
  for (;;) {
    // Before it is compared: what it tells later may be of later.
    const { behind, syncedAt } = await vigie.mirror()
    const differences = differencesBetween(truth, await saidByMirror(vigie, queues))
    const seconds = (performance.now() - started) / 1000
    if (differences.length === 0 || seconds * 1000 > patience) {
      const examples = differences.slice(0, shown)
      const toldInStep = behind === 0 && (syncedAt ?? 0) > from
      const { size: compared } = truth
      return { seconds, compared, differences: differences.length, examples, behind, toldInStep }
    }
    await delay(100)
  }
}
