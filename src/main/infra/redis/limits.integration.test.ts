import type { Redis } from 'ioredis'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Rights } from '#shared/contract/connections.ts'
import { admin, connect, expectState, redisServer } from '#test-support/link-under-test.ts'
import type { TestRedis } from '#test-support/redis.ts'
import { startTcpProxy } from '#test-support/tcp-proxy.ts'
import { unknownRights, type RedisLink, type RightsContext } from './link.ts'

const read = (link: RedisLink) => link.pipeline([['get', 'key']])

/** A replica that follows its primary. */
async function replicaOf(primary: TestRedis): Promise<TestRedis> {
  const replica = await redisServer([`replicaof 127.0.0.1 ${primary.port}`])
  const asking = admin(replica.url)
  await vi.waitFor(
    async () => expect(await asking.info('replication')).toContain('master_link_status:up'),
    { timeout: 20_000 },
  )
  return replica
}

test('a replica is readable and takes no changes, until it is promoted', async () => {
  const primary = await redisServer(['repl-diskless-sync-delay 0'])
  const replica = await replicaOf(primary)
  const asked: (Rights['role'] | undefined)[] = []
  const probeRights = async (_redis: Redis, { role }: RightsContext) => {
    asked.push(role)
    return { ...unknownRights, role, checkedAt: 1 }
  }
  const link = connect(replica.url, { options: { probeRights } })
  await expectState(link, { state: 'degraded', reason: 'replica' })
  expect(link.role()).toBe('replica')
  expect(await read(link)).toEqual([null])
  await vi.waitFor(() => expect(link.rights()).toMatchObject({ role: 'replica', checkedAt: 1 }))

  await admin(replica.url).replicaof('NO', 'ONE')
  await expectState(link, { state: 'ready', reason: null })
  await vi.waitFor(() => expect(link.rights().role).toBe('primary'))
  expect(asked).toEqual(['replica', 'primary'])
})

test('a primary that is demoted is found out by the first change it refuses', async () => {
  const { port } = await redisServer()
  const demoted = await redisServer()
  const link = connect(demoted.url)
  await expectState(link, { state: 'ready' })
  const redis = await link.mutations('key')
  await admin(demoted.url).replicaof('127.0.0.1', port)
  const refusal = await redis.set('key', 'x').catch((error: unknown) => link.consoleError(error))
  expect(refusal).toMatchObject({ code: 'ENVIRONMENT_READ_ONLY' })
  await vi.waitFor(() => expect(link.health().state).toBe('degraded'), { timeout: 2000 })
  expect(link.role()).toBe('replica')
})

test('a replica that has lost its primary may answer what is no longer so', async () => {
  const primary = await redisServer(['repl-diskless-sync-delay 0'])
  const replica = await replicaOf(primary)
  const link = connect(replica.url)
  await expectState(link, { state: 'degraded', reason: 'replica' })
  primary.process.kill('SIGKILL')
  await expectState(link, { state: 'degraded', reason: 'replication' })
  expect(await read(link)).toEqual([null])
  // Now it will not even say PONG.
  await admin(replica.url).config('SET', 'replica-serve-stale-data', 'no')
  await expect(read(link)).rejects.toMatchObject({ data: { reason: 'replication' } })
  expect(link.health()).toMatchObject({ state: 'degraded', reason: 'replication' })
})

test('a full memory is told at the first change that finds no room', async () => {
  const { url } = await redisServer(['maxmemory 4mb'])
  const link = connect(url)
  await expectState(link, { state: 'ready' })
  const redis = await link.mutations('key')
  const filling = admin(url)
  let full = false
  for (let index = 0; !full; index += 1) {
    full = await filling.set(`key:${index}`, 'x'.repeat(100_000)).then(
      () => false,
      () => true,
    )
  }
  const refusal = await redis
    .set('key', 'x'.repeat(100_000))
    .catch((error: unknown) => link.consoleError(error))
  expect(refusal).toMatchObject({ code: 'ENVIRONMENT_UNREACHABLE', data: { reason: 'memory' } })
  await vi.waitFor(() => expect(link.health().reason).toBe('memory'), { timeout: 2000 })
  expect(await read(link)).toEqual([null])
  await filling.flushall()
  await expectState(link, { state: 'ready' })
})

test('answers that take longer than usual are told, and so is their end', async () => {
  const proxy = await startTcpProxy(await redisServer())
  onTestFinished(() => proxy.stop())
  const link = connect(`redis://127.0.0.1:${proxy.port}`)
  let answers = 0
  link.onHealth(() => {
    answers += 1
  })
  await vi.waitFor(() => expect(answers).toBeGreaterThan(4), { timeout: 10_000 })
  proxy.delay(100)
  await expectState(link, { state: 'degraded', reason: 'latency' })
  expect(link.health().latency).toBeGreaterThan(100)
  proxy.restore()
  await expectState(link, { state: 'ready' })
}, 45_000)
