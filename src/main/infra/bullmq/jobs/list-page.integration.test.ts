import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ListPosition } from '#core/jobs/ports.ts'
import type { RedisLink } from '#infra/redis/link.ts'
import { linkTo } from '#test-support/link.ts'
import { redisUrl } from '#test-support/redis-url.ts'
import { BullmqJobReader } from './job-reader.ts'

let redis: Redis
let connection: RedisLink
let reader: BullmqJobReader
let queue: string

beforeAll(() => {
  redis = new Redis(redisUrl())
  connection = linkTo(redisUrl(), { environment: 'test' })
  reader = new BullmqJobReader(connection, ['bull'])
})

beforeEach(() => {
  queue = `list-${randomUUID()}`
})

afterAll(async () => {
  redis.disconnect()
  await connection.close()
})

const numbered = (count: number, name = 'job') =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`)

async function allPages(
  limit: number,
  between: (page: number) => Promise<unknown> = async () => {},
) {
  const ids: string[] = []
  let after: ListPosition | null = null
  let pages = 0
  do {
    const page = await reader.page({ queue, state: 'waiting', limit, after })
    ids.push(...(page?.entries ?? []).map(({ id }) => id))
    after = page?.next ?? null
    pages += 1
    if (after !== null) await between(pages)
  } while (after !== null)
  return ids
}

test('the line is paged newest first', async () => {
  const ids = numbered(107)
  await redis.rpush(`bull:${queue}:wait`, ...ids)
  expect(await allPages(10)).toEqual(ids)
})

test('jobs added meanwhile push nothing off a page and repeat nothing', async () => {
  const ids = numbered(120)
  await redis.rpush(`bull:${queue}:wait`, ...ids)
  const seen = await allPages(20, (page) =>
    redis.lpush(`bull:${queue}:wait`, ...numbered(200, `new-${page}`)),
  )
  expect(seen).toEqual(ids)
})

test('a flood of added jobs is walked through, not skipped', async () => {
  const ids = numbered(60)
  await redis.rpush(`bull:${queue}:wait`, ...ids)
  const seen = await allPages(20, (page) =>
    redis.lpush(`bull:${queue}:wait`, ...numbered(3000, `new-${page}`)),
  )
  expect(seen).toEqual(ids)
})

test('when the last job of a page was taken, the next page goes on from its place', async () => {
  const ids = numbered(60)
  await redis.rpush(`bull:${queue}:wait`, ...ids)
  const seen = await allPages(20, (page) =>
    redis.lrem(`bull:${queue}:wait`, 1, `job-${page * 20 - 1}`),
  )
  expect([...new Set(seen)]).toEqual(ids)
})

test('a queue that two versions paused shows both lists, one behind the other', async () => {
  const [wait, paused] = [numbered(25, 'wait'), numbered(25, 'paused')]
  await redis.rpush(`bull:${queue}:wait`, ...wait)
  await redis.rpush(`bull:${queue}:paused`, ...paused)
  for (const limit of [5, 7, 25, 50, 200]) {
    expect(await allPages(limit), `pages of ${limit}`).toEqual([...wait, ...paused])
  }
})

test('markers of BullMQ 3 and 4 are no jobs', async () => {
  await redis.rpush(`bull:${queue}:wait`, 'a', 'b', '0:1700000000000')
  const page = await reader.page({ queue, state: 'waiting', limit: 10, after: null })
  expect(page?.entries.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(page?.counts.waiting).toBe(2)
})
