import { Redis } from 'ioredis'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDoor } from '#test-support/actions.ts'
import { fillWithEveryLibrary, libraries } from '#test-support/every-library.ts'
import { environment, openReading, until } from '#test-support/reading.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { snapshotOfRedis } from '#test-support/snapshot-of-redis.ts'
import { jobActionSchema, jobFields } from '#shared/contract/jobs.ts'
import { jobStates } from '#shared/domain/job-state.ts'

let server: TestRedis
let redis: Redis

beforeAll(async () => {
  server = await startTestRedis()
  redis = new Redis(server.url)
  await fillWithEveryLibrary(server.port)
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
})

afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

const queueNames = [
  ...libraries.flatMap((library) => [library, `${library}-paused`]),
  'bullmq5-flow',
  'bullmq6-flow',
].sort()

/** Every reading the console can make of everything there is, streams included for several rounds. */
async function readEverything(url: string) {
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
  return { list, rows }
}

test('reading everything, streams included, changes no key', async () => {
  const before = await snapshotOfRedis(redis)
  expect(Object.keys(before).length).toBeGreaterThan(80)
  const { rows } = await readEverything(server.url)
  expect(rows.length).toBeGreaterThan(90)
  expect(await snapshotOfRedis(redis)).toEqual(before)
})

/** What the README gives a user who may only read, without its name and password. */
async function readOnlyRules(): Promise<string[]> {
  const readme = await readFile(new URL('../../../../README.md', import.meta.url), 'utf8')
  const line = /^ACL SETUSER vigie (on) >password (.+)$/m.exec(readme)
  if (line === null) throw new Error('the README names no rights')
  return line.slice(1).flatMap((rules) => rules.split(' '))
}

test('every reading works for a user with read-only rights', async () => {
  const rules = await readOnlyRules()
  await redis.acl('SETUSER', 'reader', '>reader', ...rules)
  await redis.acl('LOG', 'RESET')
  const { list, rows } = await readEverything(`redis://reader:reader@127.0.0.1:${server.port}`)
  expect(list.queues.map(({ name }) => name)).toEqual(queueNames)
  expect(rows.length).toBeGreaterThan(90)
  const denied = (await redis.acl('LOG')) as string[][]
  expect(denied.map((entry) => entry[entry.indexOf('object') + 1])).toEqual([])
})

test('a user who may not list clients sees queues, and unknown workers', async () => {
  await redis.acl('SETUSER', 'blind', 'on', '>x', '~bull:*', '+@all', '-client|list', '-info')
  const { queues, link } = openReading(`redis://blind:x@127.0.0.1:${server.port}`)
  const list = await until(
    queues.watch(environment, [], new AbortController().signal),
    ({ queues }) => queues.length === queueNames.length,
  )
  expect(new Set(list.queues.map(({ workers }) => workers))).toEqual(new Set([null]))
  expect(link.health()).toMatchObject({ state: 'ready', redisVersion: null })
})

test('a user who may read nothing is told which command was refused', async () => {
  await redis.acl('SETUSER', 'nobody', 'on', '>x', 'resetkeys', '+@all')
  const { jobs } = openReading(`redis://nobody:x@127.0.0.1:${server.port}`)
  await expect(
    jobs.list({ environment, queue: 'bullmq6', state: 'failed', limit: 5 }),
  ).rejects.toMatchObject({ code: 'PERMISSION_DENIED', data: { environment, command: 'llen' } })
})

/** Counts in the order active, waiting, prioritized, delayed, waiting-children, failed, completed. */
const queueOf = (name: string, is: string, paused: boolean, counts: number[]) => ({
  name,
  is,
  paused,
  counts,
})

test('a queue of every library is recognised, counted, and seen to be paused', async () => {
  const { queues } = openReading(server.url)
  const list = await until(
    queues.watch(environment, [], new AbortController().signal),
    ({ queues }) => queues.length === queueNames.length,
  )
  const facts = list.queues.map(({ name, library, version, paused, counts }) => {
    const is = library === 'bull' ? 'bull' : `bullmq ${version?.split('.')[0] ?? '?'}`
    return queueOf(
      name,
      is,
      paused,
      jobStates.map((state) => counts[state]),
    )
  })
  expect(facts).toEqual([
    queueOf('bull4', 'bull', false, [0, 0, 0, 1, 0, 1, 1]),
    queueOf('bull4-paused', 'bull', true, [0, 2, 0, 0, 0, 0, 0]),
    queueOf('bullmq3', 'bullmq 3', false, [0, 2, 0, 2, 0, 1, 1]),
    queueOf('bullmq3-paused', 'bullmq 3', true, [0, 2, 0, 0, 0, 0, 0]),
    queueOf('bullmq4', 'bullmq 4', false, [0, 1, 1, 2, 0, 1, 1]),
    queueOf('bullmq4-paused', 'bullmq 4', true, [0, 2, 0, 0, 0, 0, 0]),
    queueOf('bullmq5', 'bullmq 5', false, [0, 1, 1, 2, 0, 1, 1]),
    queueOf('bullmq5-flow', 'bullmq 5', false, [0, 0, 0, 1, 1, 0, 0]),
    queueOf('bullmq5-paused', 'bullmq 5', true, [0, 3, 0, 0, 0, 0, 0]),
    queueOf('bullmq6', 'bullmq 6', false, [0, 1, 1, 2, 0, 1, 1]),
    queueOf('bullmq6-flow', 'bullmq 6', false, [0, 0, 0, 1, 1, 60, 0]),
    queueOf('bullmq6-paused', 'bullmq 6', true, [0, 3, 0, 0, 0, 0, 0]),
  ])
})
