import { Buffer } from 'node:buffer'
import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { startTestCluster, type TestCluster } from '#test-support/cluster.ts'
import { documentedRights } from '#test-support/documented-rights.ts'
import { linkTo, type LinkOverrides } from '#test-support/link.ts'
import { freePort, startTestRedis } from '#test-support/redis.ts'
import type { Health } from '#shared/contract/connections.ts'
import type { RedisLink } from '../link.ts'
import type { PipelineCommand } from '../send-commands.ts'
import { slotOf } from './key-slot.ts'

/** Without replicas; tests leave it with three masters and all slots served. */
let plain: TestCluster
let replicated: TestCluster

beforeAll(async () => {
  ;[plain, replicated] = await Promise.all([
    startTestCluster(),
    startTestCluster({ replicas: true }),
  ])
})

afterAll(() => Promise.all([plain.stop(), replicated.stop()]))

function connect(nodes: TestCluster['nodes'], overrides: LinkOverrides = {}) {
  const link = linkTo('redis://ignored', {
    environment: 'prod',
    ...overrides,
    profile: { ...overrides.profile, deployment: { type: 'cluster', nodes: [...nodes] } },
  })
  onTestFinished(() => link.close())
  return link
}

async function reaches(link: RedisLink, expected: Partial<Health>): Promise<void> {
  await vi.waitFor(() => expect(link.health()).toMatchObject(expected), {
    timeout: 15_000,
    interval: 10,
  })
}

/** Keys spread over all slots, one for each of several nodes by far. */
const keys = Array.from({ length: 60 }, (_, index) => `key-${index}`)
const each = (name: string, ...rest: string[]) =>
  keys.map((key): PipelineCommand => [name, key, ...rest])
const ports = (nodes: TestCluster['masters']) => nodes.map(({ port }) => `127.0.0.1:${port}`)

test('one seed is enough to find all masters', async () => {
  const { nodes, masters } = plain
  const link = connect(nodes.slice(1, 2))
  await reaches(link, { state: 'ready', reason: null })
  const { server, latency, lastAnswerAt, redisVersion } = link.health()
  expect(server?.split(', ')).toEqual(ports(masters))
  expect(latency).toBeGreaterThan(0)
  expect(lastAnswerAt).toBeGreaterThan(0)
  expect(redisVersion).toMatch(/^\d+\.\d+/)
  expect(link.address).toBe(`cluster://127.0.0.1:${nodes[1]?.port}`)
})

test('a pipeline over all slots answers in order, a refused command as an Error in its place', async () => {
  const link = connect(plain.nodes)
  await link.pipeline(keys.map((key, index): PipelineCommand => ['set', key, index]))
  const replies = await link.pipeline([...each('get'), ['llen', 'key-7'], ['getBuffer', 'key-8']])
  expect(replies.slice(0, keys.length)).toEqual(keys.map((_, index) => String(index)))
  expect(replies[keys.length]).toMatchObject({ message: expect.stringContaining('WRONGTYPE') })
  expect(replies[keys.length + 1]).toEqual(Buffer.from('8'))
  expect(await link.pipeline([['memory', 'usage', 'key-3', 'SAMPLES', 0]])).toEqual([
    expect.any(Number),
  ])
})

test('the size is the sum, the clients are those of all, and a scan goes over all', async () => {
  const { nodes, masters } = plain
  const link = connect(nodes)
  await Promise.all(masters.map(({ redis }) => redis.flushall()))
  await link.pipeline(each('set', 'x'))
  const [size, clients] = await link.pipeline([['dbsize'], ['client', 'LIST']])
  expect(size).toBe(keys.length)
  expect(String(clients).match(/ name=vigie /g)?.length).toBeGreaterThanOrEqual(masters.length)
  for (const { port } of masters) expect(clients).toContain(`laddr=127.0.0.1:${port}`)
  const found: string[] = []
  let cursor = '0'
  let rounds = 0
  do {
    const [reply] = await link.pipeline([['scan', cursor, 'COUNT', 7]])
    const [next, page] = reply as [string, string[]]
    found.push(...page)
    cursor = next
    rounds += 1
  } while (cursor !== '0' && rounds < 200)
  expect(found.toSorted()).toEqual(keys.toSorted())
})

test('reads and changes go to the node of the key', async () => {
  const { nodes, masters } = plain
  const link = connect(nodes)
  for (const key of keys.slice(0, 9)) {
    const redis = await link.mutations(key)
    await redis.set(key, 'changed')
    expect(await link.run(key, (reading) => reading.get(key))).toBe('changed')
  }
  const counts = await Promise.all(masters.map(({ redis }) => redis.dbsize()))
  expect(counts.every((count) => count > 0)).toBe(true)
})

test('slots are those of Redis', async () => {
  const { masters } = plain
  const odd = ['{}x}', '{a}b', 'foo{}{bar}', 'é{ö}', ...keys]
  const [node] = masters
  const told = await Promise.all(odd.map((key) => node.redis.cluster('KEYSLOT', key)))
  expect(odd.map((key) => slotOf(key))).toEqual(told)
})

test('a slot that moves is followed, also while it is moving', async () => {
  const { nodes, masters, move } = plain
  const link = connect(nodes)
  await link.pipeline(each('set', 'x'))
  const [from, to] = masters
  const mine = keys.filter((key) => slotOf(key) < 5461)
  const [first = '', second = '', third = ''] = mine
  await move(slotOf(first), from, to)
  expect(await link.pipeline(mine.map((key) => ['get', key]))).toEqual(mine.map(() => 'x'))
  expect(await link.run(first, (redis) => redis.get(first))).toBe('x')

  // Half way: the key is gone from the one, and the other takes it only from who asks.
  const [source, target] = await Promise.all([from.id(), to.id()])
  await to.redis.cluster('SETSLOT', slotOf(second), 'IMPORTING', source)
  await from.redis.cluster('SETSLOT', slotOf(second), 'MIGRATING', target)
  await from.redis.migrate('127.0.0.1', to.port, second, 0, 5000)
  expect(
    await link.pipeline([
      ['get', second],
      ['get', third],
    ]),
  ).toEqual(['x', 'x'])
  expect(link.health().state).toBe('ready')
  for (const { redis } of [to, from]) {
    await redis.cluster('SETSLOT', slotOf(second), 'NODE', target)
  }
})

test('a node that joins and takes slots is connected to, one that is drained is left', async () => {
  const { nodes, masters, join, move } = plain
  const link = connect(nodes)
  await link.pipeline(each('set', 'x'))
  const joined = await join()
  const key = keys.findLast((one) => slotOf(one) < 5461) ?? ''
  await move(slotOf(key), masters[0], joined)
  expect(await link.pipeline([['get', key]])).toEqual(['x'])
  await vi.waitFor(() => expect(link.health().server?.split(', ')).toHaveLength(4))
  await move(slotOf(key), joined, masters[0])
  expect(await link.pipeline([['get', key]])).toEqual(['x'])
  await vi.waitFor(() => expect(link.health().server?.split(', ')).toHaveLength(3))
  await vi.waitFor(async () =>
    expect(await joined.redis.client('LIST')).not.toContain('name=vigie'),
  )
})

test('a master that hands over is followed without an outage', async () => {
  const { nodes, replicas, masters } = replicated
  const link = connect(nodes)
  await link.pipeline(each('set', 'x'))
  const [replica] = replicas
  await replica?.redis.cluster('FAILOVER')
  await vi.waitFor(async () =>
    expect(await replica?.redis.info('replication')).toContain('role:master'),
  )
  await vi.waitFor(async () => {
    expect(await link.pipeline(each('get'))).toEqual(keys.map(() => 'x'))
    expect(link.health().server).not.toContain(String(masters[0].port))
  })
  await reaches(link, { state: 'ready' })
  const key = keys.find((one) => slotOf(one) < 5461) ?? ''
  expect(await (await link.mutations(key)).set(key, 'y')).toBe('OK')
})

test('a master that dies makes the cluster incomplete until its replica takes over', async () => {
  const { nodes, masters, replicas } = replicated
  const link = connect(nodes)
  await link.pipeline(each('set', 'x'))
  await reaches(link, { state: 'ready' })
  const [, gone] = masters
  gone.server.process.kill('SIGKILL')
  await reaches(link, { state: 'reconnecting', reason: 'cluster-down' })
  const lost = keys.find((key) => slotOf(key) > 5461 && slotOf(key) < 10_000) ?? ''
  const other = keys.find((key) => slotOf(key) > 12_000) ?? ''
  await expect(link.pipeline([['get', lost]])).rejects.toMatchObject({
    code: 'ENVIRONMENT_UNREACHABLE',
    data: { environment: 'prod', reason: 'cluster-down' },
  })
  await expect(link.mutations(lost)).rejects.toMatchObject({ code: 'ENVIRONMENT_UNREACHABLE' })
  await reaches(link, { state: 'ready' })
  expect(link.health().server).toContain(`127.0.0.1:${replicas[1]?.port}`)
  expect(
    await link.pipeline([
      ['get', lost],
      ['get', other],
    ]),
  ).toEqual(['x', 'x'])
  expect(await (await link.mutations(lost)).set(lost, 'y')).toBe('OK')
})

test('a master that restarts is ready when it serves, not when it answers: it refuses for two seconds', async () => {
  const { nodes, masters } = plain
  const link = connect(nodes)
  await reaches(link, { state: 'ready' })
  const seen: string[] = []
  const first = new Promise<unknown>((resolve) => {
    link.onHealth(({ state }) => {
      if (seen.at(-1) !== state) seen.push(state)
      if (state === 'ready' && seen.length > 1) resolve(link.pipeline(each('exists')))
    })
  })
  const { server } = masters[2]
  await server.kill()
  await server.start()
  // Rejects where anything is refused once it has been called ready.
  expect(await first).toHaveLength(keys.length)
  expect(seen.filter((state) => state !== 'ready')).toEqual(['reconnecting'])
})

test('one that was disconnected is found again, though nothing answered meanwhile', async () => {
  const { nodes, masters } = plain
  const link = connect(nodes)
  await reaches(link, { state: 'ready' })
  for (const { server } of masters) server.process.kill('SIGSTOP')
  await link.disconnect()
  expect(link.health()).toMatchObject({ state: 'offline', reason: 'disconnected', server: null })
  await expect(link.pipeline([['get', 'x']])).rejects.toMatchObject({
    data: { reason: 'disconnected' },
  })
  for (const { server } of masters) server.process.kill('SIGCONT')
  link.connect()
  await reaches(link, { state: 'ready' })
})

test('a Redis that is no cluster says so, and needs a person', async () => {
  const server = await startTestRedis()
  onTestFinished(() => server.stop())
  const link = connect([{ host: '127.0.0.1', port: server.port }])
  await reaches(link, { state: 'refused', reason: 'not-a-cluster', nextTryAt: null })
  await expect(link.pipeline([['get', 'x']])).rejects.toMatchObject({
    code: 'ENVIRONMENT_UNREACHABLE',
    data: { reason: 'not-a-cluster' },
  })
})

test('a wrong password on one node alone is a refusal of the whole', async () => {
  const { redis } = plain.masters[1]
  await redis.config('SET', 'requirepass', 'right')
  onTestFinished(async () => void (await redis.config('SET', 'requirepass', '')))
  const link = connect(plain.nodes, { secrets: { password: 'hunter2' } })
  await reaches(link, { state: 'refused', reason: 'authentication' })
  const error = await link.pipeline(each('get')).catch((failure: unknown) => failure)
  expect(error).toMatchObject({ data: { reason: 'authentication' } })
  expect(inspect([link, link.health(), error], { depth: 12, showHidden: true })).not.toContain(
    'hunter2',
  )
})

test('where nothing listens, it is tried again', async () => {
  const link = connect([{ host: '127.0.0.1', port: await freePort() }])
  await reaches(link, { state: 'reconnecting', reason: 'refused' })
  expect(link.health().nextTryAt).toBeGreaterThan(Date.now() - 1000)
})

test.each(['vigie', 'vigie-acting'] as const)(
  'a user with the documented rights of %s reads a cluster, also while a slot moves',
  async (user) => {
    const rights = await documentedRights(user)
    for (const { redis } of plain.masters) {
      await redis.call('acl', 'SETUSER', user, 'reset', '>password', ...rights)
    }
    const link = connect(plain.nodes, {
      profile: { username: user },
      secrets: { password: 'password' },
    })
    await reaches(link, { state: 'ready' })
    const [from, to] = plain.masters
    const key = keys.map((each) => `bull:${each}`).find((each) => slotOf(each) < 5461) ?? ''
    await from.redis.set(key, 'x')
    const [source, target] = await Promise.all([from.id(), to.id()])
    await to.redis.cluster('SETSLOT', slotOf(key), 'IMPORTING', source)
    await from.redis.cluster('SETSLOT', slotOf(key), 'MIGRATING', target)
    await from.redis.migrate('127.0.0.1', to.port, key, 0, 5000)
    expect(await link.pipeline([['get', key], ['dbsize']])).toEqual(['x', expect.any(Number)])
    await from.redis.cluster('SETSLOT', slotOf(key), 'STABLE')
    await to.redis.asking()
    await to.redis.del(key)
    await to.redis.cluster('SETSLOT', slotOf(key), 'STABLE')
  },
)
