import { Redis } from 'ioredis'
import { setTimeout as delay } from 'node:timers/promises'
import type { Cost } from '../../src/shared/contract/connections.ts'
import type { Library } from '../../test-support/mirror-load.ts'
import { startTestRedis } from '../../test-support/redis.ts'
import { startTcpProxy } from '../../test-support/tcp-proxy.ts'
import { churn } from './churn.ts'
import type { ChurnResult } from './churn-process.ts'
import { faults, type FaultName } from './follow-faults.ts'
import type { Sizes } from './sizes.ts'
import { type Equality, untilEqual } from './until-equal.ts'
import { Vigie } from './vigie.ts'

interface Trial {
  title: string
  library: Library
  /** Of the producer, beyond what the fault takes. */
  seconds: number
  fault: FaultName | null
  /** What Vigie may cost Redis, and gives way below where the machine is busy. */
  budget: 'default' | 'ample'
}

export interface FollowRow {
  title: string
  seconds: number
  done: ChurnResult
  /** Times that events were missed, as the console tells that ran at the end. */
  gaps: number
  equality: Equality
  /** What Vigie cost Redis over the last ten seconds of the work, and whether it was giving way. */
  cost: Cost
  /** Seconds at which a queue was left alone, since more happened in it than the budget lets be read. */
  deferred: number
}

/** What the mirror is tried with; `only` those whose title has this text. */
export function trialsOf({ follow }: Sizes, only = ''): Trial[] {
  const libraries: [string, Library][] = [
    ['BullMQ 6', 'bullmq6'],
    ['BullMQ 5', 'bullmq5'],
    ['BullMQ 4', 'bullmq4'],
    ['BullMQ 3', 'bullmq3'],
    ['Bull 4', 'bull4'],
  ]
  const within: Trial = {
    title: 'BullMQ 6, default budget',
    library: 'bullmq6',
    seconds: follow.others,
    fault: null,
    budget: 'default',
  }
  const names = Object.keys(faults) as FaultName[]
  return [
    ...libraries.map(([title, library]): Trial => ({
      title,
      library,
      seconds: library === 'bullmq6' ? follow.seconds : follow.others,
      fault: null,
      budget: 'ample',
    })),
    within,
    ...names.map((fault): Trial => ({
      title: faults[fault].title,
      library: 'bullmq6',
      seconds: follow.others,
      fault,
      budget: 'ample',
    })),
  ].filter(({ title }) => title.includes(only))
}

/**
 * A real producer and worker churn through jobs while a real Vigie follows, and something happens in the
 * middle; then mirror and Redis are compared, job by job.
 */
export async function followTrial(
  { title, library, seconds, fault, budget }: Trial,
  { follow: { rate, cut } }: Sizes,
): Promise<FollowRow> {
  const struck = fault === null ? null : faults[fault]
  const server = await startTestRedis(struck?.redis)
  const proxy = await startTcpProxy({ port: server.port })
  const redis = new Redis(server.port, { maxRetriesPerRequest: null })
  redis.on('error', () => {})
  const queue = 'busy'
  const work = { library, port: server.port, prefix: 'bull', queue, rate }
  // A queue that is known when the console starts.
  await churn({ ...work, seconds: 1, leave: false })
  let vigie = await Vigie.start(proxy.port, 'bull', budget)
  let deferred = 0
  const looking = setInterval(() => {
    // One that was killed does not answer.
    vigie.mirror().then(
      ({ queues }) => (deferred += queues.some(({ follow }) => follow === 'deferred') ? 1 : 0),
      () => {},
    )
  }, 1000)
  try {
    await vigie.discovered([queue])
    await vigie.mirrored()
    const whole = seconds + (struck?.takes?.(cut) ?? 0)
    const working = churn({ ...work, seconds: whole })
    // Told where it is waited for.
    working.catch(() => {})
    if (struck !== null) {
      await delay((seconds * 1000) / 2)
      vigie = await struck.strike({ server, proxy, redis, vigie, cut })
    }
    const done = await working
    const cost = await vigie.cost()
    const equality = await untilEqual(redis, vigie, [queue])
    return {
      title,
      seconds: whole,
      done,
      gaps: (await vigie.mirror()).gaps,
      equality,
      cost,
      deferred,
    }
  } finally {
    clearInterval(looking)
    await vigie.stop()
    await proxy.stop()
    redis.disconnect()
    await server.stop()
  }
}
