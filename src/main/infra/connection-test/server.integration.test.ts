import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { local, reportOf, stopOf } from '#test-support/connection-test.ts'
import { documentedRights } from '#test-support/documented-rights.ts'
import { fillForReading, queueNames } from '#test-support/read-everything.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { snapshotOfRedis } from '#test-support/snapshot-of-redis.ts'

async function start(...lines: string[]): Promise<{ server: TestRedis; redis: Redis }> {
  const server = await startTestRedis(lines)
  const redis = new Redis(server.url)
  redis.on('error', () => {})
  onTestFinished(async () => {
    redis.disconnect()
    await server.stop()
  })
  return { server, redis }
}

test('everything is told about a Redis as it should be, and nothing in it changes', async () => {
  const { server, redis } = await start('appendonly yes', 'maxmemory 1gb')
  await fillForReading(redis, server.port)
  const before = await snapshotOfRedis(redis)
  const report = await reportOf(local(server.port))
  expect(report.lines).toEqual([
    'resolve ok',
    'tcp ok',
    'auth ok',
    'select ok',
    'role ok',
    'version ok',
    'persistence ok',
    'memory-policy ok',
    'clock ok',
    'permissions ok',
    'queues ok',
  ])
  expect(report.steps.every(({ duration }) => (duration ?? -1) >= 0)).toBe(true)
  expect(report.step('role').facts).toEqual({ role: 'primary', replicas: 0 })
  const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1]
  expect(report.step('version').facts).toEqual({ product: 'Redis', version, mode: 'standalone' })
  expect(report.step('persistence').facts).toMatchObject({ aof: true })
  expect(report.step('memory-policy').facts).toEqual({
    policy: 'noeviction',
    used: expect.any(Number),
    maxmemory: 1024 ** 3,
  })
  expect(Math.abs(Number(report.step('clock').facts['offset']))).toBeLessThan(1000)
  expect(report.step('permissions').facts).toEqual({
    username: 'default',
    read: true,
    retry: true,
    remove: true,
    missing: [],
  })
  const { queues, names, versions, complete } = report.step('queues').facts
  expect({ queues, names, complete }).toEqual({
    queues: queueNames.length,
    names: queueNames,
    complete: true,
  })
  expect(versions).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^BullMQ 6\.\d+\.\d+ \(3\)$/),
      expect.stringMatching(/^BullMQ 3\.\d+\.\d+ \(2\)$/),
      'Bull (2)',
    ]),
  )
  expect(await snapshotOfRedis(redis)).toEqual(before)
})

describe('role', () => {
  test('a replica is worth knowing, and one that lost its primary more so', async () => {
    const primary = await start('repl-diskless-sync-delay 0')
    const replica = await start(`replicaof 127.0.0.1 ${primary.server.port}`)
    const follows = (link: string) =>
      vi.waitFor(
        async () => {
          const info = await replica.redis.info('replication')
          expect(info).toContain(`master_link_status:${link}`)
        },
        { timeout: 15_000 },
      )
    await follows('up')
    const report = await reportOf(local(replica.server.port))
    expect(stopOf(report)).toBeNull()
    expect(report.step('role')).toMatchObject({
      status: 'warning',
      problem: 'replica',
      facts: { role: 'replica', primary: `127.0.0.1:${primary.server.port}`, link: 'up' },
    })
    expect(report.step('permissions')).toMatchObject({
      status: 'ok',
      facts: { read: true, retry: false, remove: false },
    })
    await primary.server.stop()
    await follows('down')
    const lost = await reportOf(local(replica.server.port))
    expect(lost.step('role')).toMatchObject({
      problem: 'replication-down',
      facts: { link: 'down' },
    })
  })

  test('a replica that serves nothing without its primary says so', async () => {
    const replica = await start('replica-serve-stale-data no', 'replicaof 127.0.0.1 1')
    const report = await reportOf(local(replica.server.port))
    expect(report.step('role')).toMatchObject({ problem: 'replication-down' })
  })
})

describe('persistence', () => {
  test('none at all', async () => {
    const { server } = await start()
    expect((await reportOf(local(server.port))).step('persistence')).toMatchObject({
      status: 'warning',
      problem: 'persistence-off',
      facts: { aof: false, rdb: false, lastSave: null },
    })
  })

  test('snapshots', async () => {
    const { server, redis } = await start('save 3600 1')
    await redis.save()
    const { status, facts } = (await reportOf(local(server.port))).step('persistence')
    expect({ status, ...facts }).toMatchObject({ status: 'ok', aof: false, rdb: true })
    expect(Math.abs(Number(facts['lastSave']) - Date.now())).toBeLessThan(60_000)
  })

  test('that fails', async () => {
    const { server, redis } = await start('save 3600 1')
    // It would not end while it cannot save.
    onTestFinished(async () => void (await redis.config('SET', 'save', '')))
    const [, folder = ''] = await redis.config('GET', 'dir')
    await mkdir(join(folder, 'dump.rdb'))
    await redis.bgsave()
    await vi.waitFor(async () => {
      expect(await redis.info('persistence')).toContain('rdb_last_bgsave_status:err')
    })
    expect((await reportOf(local(server.port))).step('persistence')).toMatchObject({
      status: 'warning',
      problem: 'persistence-failing',
    })
  })
})

describe('memory', () => {
  test('a policy that deletes keys', async () => {
    const { server } = await start('maxmemory 100mb', 'maxmemory-policy allkeys-lru')
    expect((await reportOf(local(server.port))).step('memory-policy')).toMatchObject({
      status: 'warning',
      problem: 'policy-evicts',
      facts: { policy: 'allkeys-lru', maxmemory: 100 * 1024 ** 2 },
    })
  })

  test('a memory that is full', async () => {
    const { server } = await start('maxmemory 1mb')
    const report = await reportOf(local(server.port))
    expect(stopOf(report)).toBeNull()
    expect(report.step('memory-policy')).toMatchObject({ problem: 'memory-nearly-full' })
    // What a full memory refuses says nothing of rights.
    expect(report.step('permissions')).toMatchObject({ status: 'ok' })
  })
})

test('clocks that differ', async () => {
  const { server } = await start()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 5000 })
  onTestFinished(() => void vi.useRealTimers())
  const { status, problem, facts } = (await reportOf(local(server.port))).step('clock')
  expect({ status, problem }).toEqual({ status: 'warning', problem: 'clock-apart' })
  expect(Math.abs(Number(facts['offset']) - 5000)).toBeLessThan(900)
})

describe('rights', () => {
  const secrets = { password: 'secret' }

  test('of the documented read-only user, who sees all there is to see', async () => {
    const { server, redis } = await start('appendonly yes')
    await redis.acl('SETUSER', 'vigie', '>secret', ...(await documentedRights('vigie')))
    await redis.hset('bull:mails:meta', 'version', 'bullmq:6.7.0')
    await redis.acl('LOG', 'RESET')
    const profile = { ...local(server.port), username: 'vigie' }
    const report = await reportOf(profile, secrets)
    expect(report.lines.filter((line) => !line.endsWith(' ok'))).toEqual([
      'permissions warning actions-denied',
    ])
    expect(report.step('permissions').facts).toMatchObject({
      username: 'vigie',
      read: true,
      retry: false,
      remove: false,
      missing: expect.arrayContaining(['eval', 'del']),
    })
    expect(report.step('queues').facts).toMatchObject({ queues: 1, names: ['mails'] })
    expect(await redis.acl('LOG')).toEqual([])
    // Who only wants to look lacks nothing.
    const looking = await reportOf({ ...profile, access: 'view-only' }, secrets)
    expect(looking.step('permissions')).toMatchObject({ status: 'ok' })
  })

  test('of a user without any', async () => {
    const { server, redis } = await start()
    await redis.acl('SETUSER', 'nobody', 'on', '>secret')
    const report = await reportOf({ ...local(server.port), username: 'nobody' }, secrets)
    expect(stopOf(report)).toBeNull()
    expect(report.lines.filter((line) => !line.endsWith(' ok'))).toEqual([
      'role warning not-told',
      'version warning not-told',
      'persistence warning not-told',
      'memory-policy warning not-told',
      'clock warning not-told',
      'permissions warning rights-unknown',
      'queues warning not-told',
    ])
  })

  test('that do not suffice to read', async () => {
    const { server, redis } = await start()
    await redis.acl('SETUSER', 'blind', 'on', '>secret', '+@all', '~other:*')
    const report = await reportOf({ ...local(server.port), username: 'blind' }, secrets)
    expect(report.step('permissions')).toMatchObject({
      status: 'warning',
      problem: 'read-denied',
      facts: { read: false, missing: ['bull:*'] },
    })
  })
})

describe('queues', () => {
  test('none under these prefixes', async () => {
    const { server, redis } = await start()
    await redis.hset('other:mails:meta', 'version', 'bullmq:6.7.0')
    await redis.set('bull:no-queue:meta', 'a string')
    expect((await reportOf(local(server.port))).step('queues')).toMatchObject({
      status: 'warning',
      problem: 'no-queues',
      facts: { queues: 0, complete: true },
    })
  })

  test('under several prefixes, of other editions too', async () => {
    const { server, redis } = await start()
    await redis.hset('bull:mails:meta', 'version', 'bullmq:6.7.0')
    await redis.hset('team:a:mails:meta', 'version', 'bullmq-pro:7.1.0')
    await redis.hset('bull:old:meta', 'opts.maxLenEvents', '10000')
    const report = await reportOf({ ...local(server.port), prefixes: ['bull', 'team:a'] })
    expect(report.step('queues').facts).toMatchObject({
      names: ['mails', 'old', 'team:a:mails'],
      versions: ['BullMQ 6.7.0 (1)', 'BullMQ (1)', 'bullmq-pro:7.1.0 (1)'],
    })
  })

  test('in a keyspace that is too large to see at once', async () => {
    const { server, redis } = await start()
    await redis.hset('bull:mails:meta', 'version', 'bullmq:6.7.0')
    await redis.eval('for i = 1, 60000 do redis.call("set", "other:" .. i, "") end', 0)
    const clock = vi.spyOn(performance, 'now')
    let now = 0
    clock.mockImplementation(() => (now += 100))
    onTestFinished(() => clock.mockRestore())
    const { status, problem, facts } = (await reportOf(local(server.port))).step('queues')
    expect({ status, problem, complete: facts['complete'] }).toEqual({
      status: 'ok',
      problem: null,
      complete: false,
    })
  })
})
