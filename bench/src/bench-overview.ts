import type { Redis } from 'ioredis'
import type { TestRedis } from '../../test-support/redis.ts'
import { BullBoard, queuesOf } from './bull-board.ts'
import { compare, type Comparison, type Side } from './compare.ts'
import { clientNames, connectOthers } from './other-clients.ts'
import { failedJobs, fillOverview, waitingJobs } from './overview-queues.ts'
import type { JobTemplate } from './real-jobs.ts'
import type { Sizes } from './sizes.ts'
import { Vigie, type VigieQueues } from './vigie.ts'

/** The table of all queues, refreshed once: with nobody else on the Redis, and among other clients. */
export async function benchOverview(
  server: TestRedis,
  redis: Redis,
  templates: readonly JobTemplate[],
  sizes: Sizes,
): Promise<Comparison[]> {
  const results: Comparison[] = []
  for (const count of sizes.queues) {
    const prefix = `bench${count}`
    const queues = await fillOverview(server, templates, prefix, count)
    const bullBoard = await BullBoard.start(server.url, [{ path: '/board', prefix, queues }])
    const vigie = await Vigie.start(server.port, prefix, 'ample')
    try {
      checkCounts(await vigie.discovered(queues), queuesOf(await bullBoard.overview('/board')))
      const sides: [Side, Side] = [
        { name: 'Vigie', server: vigie.server, request: () => vigie.overview() },
        {
          name: 'bull-board',
          server: bullBoard.server,
          request: () => bullBoard.overview('/board'),
        },
      ]
      results.push(
        await compare(
          redis,
          { key: `overview/${count}`, title: `Overview of ${count} queues` },
          sides,
          sizes.effort,
        ),
      )
      const others = sizes.otherClients
      const disconnect = await connectOthers(server.port, clientNames(others, prefix, queues))
      results.push(
        await compare(
          redis,
          {
            key: `overview/${count}/clients`,
            title: `Overview of ${count} queues, ${others} other clients`,
          },
          sides,
          sizes.effort,
        ),
      )
      disconnect()
    } finally {
      await vigie.stop()
      await bullBoard.stop()
    }
    await redis.flushdb()
  }
  return results
}

/** Both must show the same truth, or their times mean nothing. */
function checkCounts(
  { queues }: VigieQueues,
  board: { name: string; counts: Record<string, number> }[],
) {
  for (const { name, counts } of board) {
    const seen = queues.find((queue) => queue.name === name)?.counts
    for (const [state, count] of Object.entries(counts)) {
      if (seen?.[state] !== count) {
        throw new Error(`${name}: ${count} ${state} by bull-board, ${seen?.[state]} by Vigie`)
      }
    }
    if (counts['waiting'] !== waitingJobs || counts['failed'] !== failedJobs) {
      throw new Error(`${name} does not hold what was put in`)
    }
  }
}
