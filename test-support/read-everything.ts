import type { Redis } from 'ioredis'
import { jobActionSchema, jobFields } from '../src/shared/contract/jobs.ts'
import { jobStates } from '../src/shared/domain/job-state.ts'
import { expect, vi } from 'vitest'
import { openDoor } from './actions.ts'
import { fillWithEveryLibrary, libraries } from './every-library.ts'
import { openMirror } from './mirroring.ts'
import { environment, openReading, until } from './reading.ts'

/** The queues of `fillForReading`. */
export const queueNames = [
  ...libraries.flatMap((library) => [library, `${library}-paused`]),
  'bullmq5-flow',
  'bullmq6-flow',
].sort()

/** Puts queues into a Redis that lead every reading down each of its ways. They stand still. */
export async function fillForReading(redis: Redis, port: number): Promise<void> {
  await fillWithEveryLibrary(port)
  // A worker's check for stalled jobs leaves a key that expires by itself.
  await redis.del(await redis.keys('*:stalled-check'))
  // BullMQ 3 and 4 mark the line while only delayed jobs are left; v6's own getters take that off.
  await redis.rpush('bull:bullmq4:wait', '0:1700000000000')
  // Enough jobs that failed in one millisecond for a place among them to be looked for by rank.
  const tied = Array.from(
    { length: 60 },
    (_, index) => [`tied-${index}`, 1_700_000_000_000] as const,
  )
  for (const [id, at] of tied) {
    await redis.zadd('bull:bullmq6-flow:failed', at, id)
    await redis.hset(`bull:bullmq6-flow:${id}`, { name: 'tied', timestamp: at, failedReason: 'x' })
  }
  // More than one page of a state that is listed from its lowest score.
  for (let index = 0; index < 20; index += 1) {
    await redis.zadd(
      'bull:bullmq6-flow:delayed',
      2_000_000_000_000 * 4096 + index,
      `later-${index}`,
    )
    await redis.hset(`bull:bullmq6-flow:later-${index}`, { name: 'later', timestamp: index })
  }
}

/** Every reading the console can make of everything there is, streams included for several rounds. */
export async function readEverything(url: string) {
  const { queues, jobs } = openReading(url)
  const { door } = await openDoor(url)
  const ended = new AbortController()
  const list = await until(
    queues.watch(environment, queueNames, ended.signal),
    ({ queues }) => queues.length === queueNames.length,
  )
  await queues.list(environment)
  await queues.add(environment, 'bullmq6')
  await queues.rescan(environment)
  let rounds = 0
  for await (const _ of queues.watch(environment, queueNames, ended.signal)) {
    rounds += 1
    if (rounds === 3) break
  }
  const rows = []
  for (const queue of queueNames) {
    for (const state of jobStates) {
      const query = { environment, queue, state, limit: 15 }
      let cursor: string | null | undefined
      do {
        const page = await jobs.list({ ...query, cursor: cursor ?? undefined })
        rows.push(...page.items.map((row) => ({ ...row, queue })))
        cursor = page.cursor
      } while (cursor !== null)
      const watched = jobs.watch(
        { ...query, also: rows.map(({ id }) => id).slice(-20) },
        ended.signal,
      )
      await watched.next()
      await watched.return()
    }
  }
  for (const { queue, id: job } of rows) {
    const address = { environment, queue, job }
    await jobs.get(address)
    for (const field of jobFields) await jobs.value(address, field)
    await jobs.raw(address)
    await jobs.logs(address, { start: -200, limit: 200 })
    for await (const _ of jobs.followLogs(address, 0, ended.signal));
    await jobs.find(environment, job)
    for (const action of jobActionSchema.options) await door.preview(address, action)
  }
  ended.abort()
  await mirrorEverything(url)
  return { list, rows }
}

/** Until the mirror has every job with its details, and follows. */
async function mirrorEverything(url: string): Promise<void> {
  const { sync, writer, close } = openMirror(url, { queues: () => queueNames })
  await vi.waitFor(
    () => {
      expect(sync.figures()).toMatchObject({ state: 'following', details: null })
      expect(sync.figures().syncedAt).not.toBeNull()
      expect(writer.rows('bullmq6').length).toBeGreaterThan(0)
      expect(sync.figures().queues.every(({ checkedAt }) => checkedAt !== null)).toBe(true)
    },
    { timeout: 10_000 },
  )
  await close()
}
