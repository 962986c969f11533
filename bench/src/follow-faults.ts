import type { Redis } from 'ioredis'
import { setTimeout as delay } from 'node:timers/promises'
import type { TestRedis } from '../../test-support/redis.ts'
import type { TcpProxy } from '../../test-support/tcp-proxy.ts'
import type { Vigie } from './vigie.ts'

interface Stage {
  server: TestRedis
  /** Between Redis and Vigie; the producer has a way of its own. */
  proxy: TcpProxy
  redis: Redis
  vigie: Vigie
  /** Seconds that a cut lasts. */
  cut: number
}

interface Fault {
  title: string
  /** Lines of redis.conf. */
  redis?: readonly string[]
  /** Seconds it takes, where a cut takes so many. */
  takes?: (cut: number) => number
  /** @returns the Vigie that runs from then on. */
  strike: (stage: Stage) => Promise<Vigie>
}

export type FaultName = 'killed' | 'kept' | 'older' | 'lost' | 'refused' | 'silent'

/** Milliseconds that a Redis is down. */
const down = 2000

/** What happens in the middle of the work. */
export const faults: Record<FaultName, Fault> = {
  killed: {
    title: 'Vigie killed (-9) and started again',
    strike: ({ vigie }) => vigie.killed(),
  },
  kept: {
    title: 'Redis killed (-9), its data kept',
    redis: ['appendonly yes', 'appendfsync everysec'],
    strike: (stage) => restarted(stage),
  },
  older: {
    title: 'Redis killed (-9), back with data of some seconds before',
    async strike(stage) {
      await stage.redis.save()
      await delay(down)
      return restarted(stage)
    },
  },
  lost: {
    title: 'Redis killed (-9), its data lost',
    strike: (stage) => restarted(stage),
  },
  refused: {
    title: 'Network cut, connections refused',
    takes: (cut) => cut,
    async strike({ proxy, vigie, cut }) {
      proxy.refuse()
      proxy.cut()
      await delay(cut * 1000)
      proxy.restore()
      return vigie
    },
  },
  silent: {
    title: 'Network cut, no answer',
    takes: (cut) => cut,
    async strike({ proxy, vigie, cut }) {
      proxy.pause()
      await delay(cut * 1000)
      proxy.restore()
      return vigie
    },
  },
}

async function restarted({ server, vigie }: Stage): Promise<Vigie> {
  await server.kill()
  await delay(down)
  await server.start()
  return vigie
}
