import type { Redis } from 'ioredis'
import type { TestRedis } from '../../test-support/redis.ts'
import { BullBoard, queuesOf } from './bull-board.ts'
import { compare, type Comparison, type Effort, type Side } from './compare.ts'
import type { Reply } from './http.ts'
import { pageOf, type Vigie } from './vigie.ts'

export interface PagedQueue {
  key: string
  title: string
  queue: string
  state: 'failed' | 'completed'
  size: number
  /** Pages are read after so many newer jobs; a multiple of `size`. */
  depth: number
}

/** A page of jobs at a depth. bull-board has a board of the one queue: what else it shows costs it nothing. */
export async function benchPages(
  server: TestRedis,
  redis: Redis,
  vigie: Vigie,
  pages: readonly PagedQueue[],
  effort: Effort,
): Promise<Comparison[]> {
  const queues = [...new Set(pages.map(({ queue }) => queue))]
  const bullBoard = await BullBoard.start(
    server.url,
    queues.map((queue) => ({ path: `/${queue}`, prefix: 'bull', queues: [queue] })),
  )
  const results: Comparison[] = []
  try {
    for (const { key, title, queue, state, size, depth } of pages) {
      const cursor = depth === 0 ? undefined : await vigie.cursorAt({ queue, state }, depth)
      const ask = {
        vigie: () => vigie.page({ queue, state, size, cursor }),
        bullBoard: () =>
          bullBoard.page(`/${queue}`, { queue, state, size, page: depth / size + 1 }),
      }
      checkSameJobs(await ask.vigie(), await ask.bullBoard(), size)
      const sides: [Side, Side] = [
        { name: 'Vigie', server: vigie.server, request: ask.vigie },
        { name: 'bull-board', server: bullBoard.server, request: ask.bullBoard },
      ]
      results.push(await compare(redis, { key, title }, sides, effort))
    }
  } finally {
    await bullBoard.stop()
  }
  return results
}

/** Both must show the same jobs, or their times mean nothing. */
function checkSameJobs(ours: Reply, theirs: Reply, size: number) {
  const left = pageOf(ours).items.map(({ id }) => id)
  const right = (queuesOf(theirs)[0]?.jobs ?? []).map(({ id }) => id)
  if (left.length !== size || left.join() !== right.join()) {
    throw new Error(`Different jobs: ${left.join()} by Vigie, ${right.join()} by bull-board`)
  }
}
