import * as fc from 'fast-check'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ListPosition, StateEntry } from '#core/jobs/ports.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import type { RedisLink } from '#infra/redis/link.ts'
import { linkTo } from '#test-support/link.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import type { PipelineSender } from '../batch.ts'
import { BullmqJobReader } from './job-reader.ts'

let redis: Redis
let connection: RedisLink

beforeAll(() => {
  redis = new Redis(redisUrl())
  connection = linkTo(redisUrl(), { environment: 'test' })
})

afterAll(async () => {
  redis.disconnect()
  await connection.close()
})

/** Reads all pages; `disturb` is called before every round trip, so also amidst a page. */
async function allPages(
  queue: string,
  state: JobState,
  limit: number,
  disturb: () => Promise<unknown> = async () => {},
): Promise<StateEntry[]> {
  const sender: PipelineSender = {
    environment: 'test',
    consoleError: (error) => connection.consoleError(error),
    async pipeline(commands) {
      await disturb()
      return connection.pipeline(commands)
    },
  }
  const reader = new BullmqJobReader(sender, ['bull'])
  const entries: StateEntry[] = []
  let after: ListPosition | null = null
  do {
    const page = await reader.page({ queue, state, limit, after })
    entries.push(...(page?.entries ?? []))
    after = page?.next ?? null
  } while (after !== null)
  return entries
}

async function fill(key: string, members: readonly { id: string; score: number }[]) {
  await redis.del(key)
  for (let start = 0; start < members.length; start += 1000) {
    const part = members.slice(start, start + 1000)
    await redis.zadd(key, ...part.flatMap(({ id, score }) => [score, id]))
  }
}

const directions = [
  { state: 'failed', order: 'zrevrange' },
  { state: 'delayed', order: 'zrange' },
] as const

const members = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }),
    score: fc.constantFrom(1, 1, 1, 1, 2, 3),
  }),
  // So many that most pages lie beyond what is looked at by score, and are found by rank.
  { selector: ({ id }) => id, minLength: 90, maxLength: 160, size: 'max' },
)

test.each(directions)(
  'paging $state while jobs go yields each one that stays exactly once, in order',
  async ({ state, order }) => {
    await fc.assert(
      fc.asyncProperty(
        members,
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.array(fc.nat({ max: 159 }), { maxLength: 8 }), {
          minLength: 10,
          maxLength: 40,
        }),
        async (members, limit, removals) => {
          const queue = `pages-${randomUUID()}`
          const key = `bull:${queue}:${state}`
          await fill(key, members)
          await redis.set(`bull:${queue}:id`, members.length)
          const before = (await redis.call(order, key, 0, -1)) as string[]
          const left = [...removals]
          const seen = await allPages(queue, state, limit, async () => {
            const victims = (left.shift() ?? []).map((at) => before[at % before.length] ?? '')
            if (victims.length > 0) await redis.zrem(key, ...victims)
          })
          const ids = seen.map(({ id }) => id)
          const stayed = (await redis.call(order, key, 0, -1)) as string[]
          const staying = new Set(stayed)
          expect(new Set(ids).size).toBe(ids.length)
          expect(ids.filter((id) => staying.has(id))).toEqual(stayed)
          const place = new Map(before.map((id, index) => [id, index]))
          expect(ids).toEqual(
            ids.toSorted((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0)),
          )
          await redis.del(key, `bull:${queue}:id`)
        },
      ),
      { numRuns: 60 },
    )
  },
)

test('jobs that fail meanwhile do not move what is paged', async () => {
  const queue = `pages-${randomUUID()}`
  const key = `bull:${queue}:failed`
  const old = Array.from({ length: 90 }, (_, index) => ({
    id: `old-${index}`,
    score: 1000 + index,
  }))
  await fill(key, old)
  let time = 5000
  const seen = await allPages(queue, 'failed', 10, () =>
    redis.zadd(key, (time += 1), `new-${time}`),
  )
  expect(seen.map(({ id }) => id).filter((id) => id.startsWith('old'))).toEqual(
    old.map(({ id }) => id).toReversed(),
  )
})

test('a hundred thousand jobs that failed in the same millisecond are paged in few round trips', async () => {
  const queue = `pages-${randomUUID()}`
  const key = `bull:${queue}:failed`
  const count = 100_000
  await fill(
    key,
    Array.from({ length: count }, (_, index) => ({ id: `job-${index}`, score: 1000 })),
  )
  const order = await redis.zrevrange(key, 0, -1)
  let trips = 0
  const counting: PipelineSender = {
    environment: 'test',
    consoleError: (error) => error,
    pipeline: (commands) => {
      trips += 1
      return connection.pipeline(commands)
    },
  }
  const reader = new BullmqJobReader(counting, ['bull'])
  const last = order[60_000] ?? ''
  const query = {
    queue,
    state: 'failed',
    limit: 50,
    after: { kind: 'set', score: '1000', id: last },
  } as const
  const next = order.slice(60_001, 60_051)
  expect((await reader.page(query))?.entries.map(({ id }) => id)).toEqual(next)
  expect(trips).toBeLessThanOrEqual(9)

  await redis.zrem(key, last)
  trips = 0
  expect((await reader.page(query))?.entries.map(({ id }) => id)).toEqual(next)
  expect(trips).toBeLessThanOrEqual(9)
  await redis.del(key)
})
