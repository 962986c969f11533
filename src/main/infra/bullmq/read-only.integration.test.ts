import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentedRights } from '#test-support/documented-rights.ts'
import { fillForReading, queueNames, readEverything } from '#test-support/read-everything.ts'
import { environment, openReading, until } from '#test-support/reading.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { snapshotOfRedis } from '#test-support/snapshot-of-redis.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import { optionalReadCommands, readCommands } from '../redis/rights-commands.ts'

let server: TestRedis
let redis: Redis

beforeAll(async () => {
  server = await startTestRedis()
  redis = new Redis(server.url)
  await fillForReading(redis, server.port)
})

afterAll(async () => {
  redis.disconnect()
  await server.stop()
})

test('reading everything, streams included, changes no key', async () => {
  const before = await snapshotOfRedis(redis)
  expect(Object.keys(before).length).toBeGreaterThan(80)
  const { rows } = await readEverything(server.url)
  expect(rows.length).toBeGreaterThan(90)
  expect(await snapshotOfRedis(redis)).toEqual(before)
})

test('every reading works for a user with read-only rights', async () => {
  const rules = await documentedRights('vigie')
  await redis.acl('SETUSER', 'reader', '>reader', ...rules)
  await redis.acl('LOG', 'RESET')
  const { list, rows } = await readEverything(`redis://reader:reader@127.0.0.1:${server.port}`)
  expect(list.queues.map(({ name }) => name)).toEqual(queueNames)
  expect(rows.length).toBeGreaterThan(90)
  const denied = (await redis.acl('LOG')) as string[][]
  expect(denied.map((entry) => entry[entry.indexOf('object') + 1])).toEqual([])
})

/** What `INFO commandstats` counted since they were reset, such as `client list`. */
async function countedCommands(): Promise<string[]> {
  const statistics = await redis.info('commandstats')
  const names = [...statistics.matchAll(/^cmdstat_([^:]+):/gm)].map(([, name = '']) => name)
  return names.map((name) => name.replace('|', ' '))
}

test('the rights to read are asked for every command that reading sends, and for no other', async () => {
  await redis.config('RESETSTAT')
  await readEverything(server.url)
  const connecting = new Set(['client setname', 'config resetstat', 'info', 'ping'])
  const sent = (await countedCommands()).filter((name) => !connecting.has(name))
  const asked = [...readCommands, ...optionalReadCommands].filter((name) => !connecting.has(name))
  expect(sent.sort()).toEqual(asked.sort())
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
    queueOf('bullmq6-flow', 'bullmq 6', false, [0, 0, 0, 21, 1, 60, 0]),
    queueOf('bullmq6-paused', 'bullmq 6', true, [0, 3, 0, 0, 0, 0, 0]),
  ])
})
