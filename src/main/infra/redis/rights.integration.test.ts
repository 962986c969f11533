import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { documentedRights } from '#test-support/documented-rights.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { snapshotOfRedis } from '#test-support/snapshot-of-redis.ts'
import { actionCommands, allCommands, questionsOn } from './rights-commands.ts'
import { askByDryRun } from './rights-answers.ts'
import { askByQueueing } from './rights-queued.ts'
import { probeRights } from './rights.ts'

let server: TestRedis
let admin: Redis

beforeAll(async () => {
  server = await startTestRedis()
  admin = new Redis(server.url)
})

afterAll(async () => {
  admin.disconnect()
  await server.stop()
})

const everything = { allowed: true, missing: [] }
const options = { prefixes: ['bull'], role: 'primary' as const }

/** A connection as the console has it, of a new user with these rights. */
async function connectionOf(...rules: string[]): Promise<Redis & { user: string }> {
  const user = `user-${randomUUID()}`
  await admin.acl('SETUSER', user, 'reset', 'on', '>secret', ...rules)
  return open(server.port, { username: user, password: 'secret' }, user)
}

async function open(
  port: number,
  credentials: { username?: string; password?: string } = {},
  user = 'default',
) {
  const redis = new Redis({
    port,
    ...credentials,
    protocol: 2,
    disableClientInfo: true,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    lazyConnect: true,
  })
  redis.on('error', () => {})
  onTestFinished(() => redis.disconnect())
  await redis.connect()
  return Object.assign(redis, { user })
}

test('the default user may do everything, and asking leaves no trace', async () => {
  const before = await snapshotOfRedis(admin)
  const rights = await probeRights(await open(server.port), options)
  expect(rights).toEqual({
    user: 'default',
    role: 'primary',
    checkedAt: expect.any(Number),
    read: everything,
    retry: everything,
    remove: everything,
  })
  expect(await snapshotOfRedis(admin)).toEqual(before)
})

test('a user with the documented read-only rights may read, and lacks what actions need', async () => {
  const redis = await connectionOf(...(await documentedRights('vigie')))
  const { user, read, retry, remove } = await probeRights(redis, options)
  expect(user).toBe(redis.user)
  expect(read).toEqual(everything)
  expect(retry).toEqual({
    allowed: false,
    missing: expect.arrayContaining(['watch', 'eval', 'hset', 'zrem']),
  })
  expect(remove).toEqual({ allowed: false, missing: expect.arrayContaining(['eval', 'del']) })
  expect([...retry.missing, ...remove.missing]).not.toContain('hget')
})

test('a user with the documented rights to act may do everything', async () => {
  const redis = await connectionOf(...(await documentedRights('vigie-acting')))
  const { read, retry, remove } = await probeRights(redis, options)
  expect({ read, retry, remove }).toEqual({
    read: everything,
    retry: everything,
    remove: everything,
  })
})

test('the documented rights to act are those to read and what actions need, no more', async () => {
  const reading = (await documentedRights('vigie')).map((rule) => rule.replace('%R~', '~'))
  const needed = [...actionCommands.retry, ...actionCommands.remove].map((name) => `+${name}`)
  const expected = new Set([...reading, ...needed])
  expect((await documentedRights('vigie-acting')).toSorted()).toEqual([...expected].sort())
})

/** Rules, and what must come of them whichever way it is asked. */
const users = {
  'all rights but one command of the scripts': {
    rules: ['~*', '+@all', '-xadd'],
    read: everything,
    retry: { allowed: false, missing: ['xadd'] },
    remove: { allowed: false, missing: ['xadd'] },
  },
  'all commands on keys that may only be read': {
    rules: ['%R~bull:*', '+@all'],
    read: everything,
    retry: { allowed: false, missing: ['bull:*'] },
    remove: { allowed: false, missing: ['bull:*'] },
  },
  'all commands on no key': {
    rules: ['resetkeys', '+@all'],
    read: { allowed: false, missing: ['bull:*'] },
    retry: { allowed: false, missing: ['bull:*'] },
    remove: { allowed: false, missing: ['bull:*'] },
  },
  'no right to see who else is connected': {
    rules: ['~*', '+@all', '-client', '-info'],
    read: { allowed: true, missing: ['client list', 'info'] },
    retry: everything,
    remove: everything,
  },
}

for (const way of ['dry run', 'queueing'] as const) {
  test.each(Object.entries(users))(`by ${way}: %s`, async (_, { rules, ...expected }) => {
    const redis = await connectionOf(...rules, way === 'dry run' ? '+acl' : '-acl')
    const before = await snapshotOfRedis(admin)
    const { user, read, retry, remove } = await probeRights(redis, options)
    expect({ read, retry, remove }).toEqual(expected)
    // Who may not ask ACL WHOAMI is not told who he is.
    expect(user).toBe(way === 'dry run' ? redis.user : null)
    expect(await snapshotOfRedis(admin)).toEqual(before)
  })
}

test('both ways of asking give the same answers about every command', async () => {
  const questions = allCommands.flatMap((command) => questionsOn(command, ['bull:x', 'other:x']))
  for (const rules of [
    ['~*', '+@all'],
    ['%R~bull:*', '+@read', '+@connection', '+@transaction'],
    ['~other:*', '+@all', '-@dangerous', '-eval'],
  ]) {
    const redis = await connectionOf(...rules, '+acl')
    const answers = await askByDryRun(redis, redis.user, questions)
    expect(answers).not.toContain('unknown')
    expect(await askByQueueing(redis, questions)).toEqual(answers)
  }
})

test('where one prefix may be used and another not, nobody can tell for all queues', async () => {
  const redis = await connectionOf('~a:*', '+@all')
  const { read, retry } = await probeRights(redis, { ...options, prefixes: ['a', 'b'] })
  expect(read).toEqual({ allowed: null, missing: ['b:*'] })
  expect(retry).toEqual({ allowed: null, missing: ['b:*'] })
})

test('where a single queue may be used, nobody can tell for all queues', async () => {
  await admin.hset('team[x]:mails:meta', 'version', 'bullmq:6.7.0')
  await admin.hset('team[x]:bills:meta', 'version', 'bullmq:6.7.0')
  const asked = { ...options, prefixes: ['team[x]'] }
  const redis = await connectionOf(String.raw`~team\[x\]:mails:*`, '%R~team*', '+@all')
  const { read, retry } = await probeRights(redis, asked)
  expect(read).toEqual(everything)
  expect(retry).toEqual({ allowed: null, missing: ['team[x]:*'] })
})

test('a replica refuses actions whatever the user may do', async () => {
  const rights = await probeRights(await open(server.port), { ...options, role: 'replica' })
  expect(rights).toMatchObject({
    role: 'replica',
    read: everything,
    retry: { allowed: false, missing: [] },
    remove: { allowed: false, missing: [] },
  })
})

test('without MULTI the other commands are not even sent', async () => {
  const redis = await connectionOf('~*', '+@all', '-acl', '-multi')
  await admin.config('RESETSTAT')
  const { read, retry } = await probeRights(redis, options)
  expect(read).toEqual({ allowed: null, missing: [] })
  expect(retry).toEqual({ allowed: false, missing: ['multi', 'exec'] })
  const statistics = await admin.info('commandstats')
  expect(statistics).toContain('cmdstat_watch')
  expect(statistics).not.toMatch(/cmdstat_(hset|incr|lpush|sadd|eval|exists):/)
})

test('a full memory or a stale replica refuses commands, which says nothing of rights', async () => {
  const full = await startTestRedis(['maxmemory 1mb', 'min-replicas-to-write 1'])
  onTestFinished(() => full.stop())
  const redis = await open(full.port)
  await redis.call('ACL', 'SETUSER', 'someone', 'on', 'nopass', '~*', '+@all', '-acl')
  const someone = await open(full.port, { username: 'someone', password: 'x' }, 'someone')
  const { read, retry, remove } = await probeRights(someone, options)
  expect({ read, retry, remove }).toEqual({
    read: everything,
    retry: everything,
    remove: everything,
  })
})

test('a command that was renamed away is lacking, without any ACL', async () => {
  const old = await startTestRedis(['rename-command ACL ""', 'rename-command EVAL ""'])
  onTestFinished(() => old.stop())
  const rights = await probeRights(await open(old.port), options)
  expect(rights).toMatchObject({
    user: null,
    read: everything,
    retry: { allowed: false, missing: ['eval'] },
    remove: { allowed: false, missing: ['eval'] },
  })
})

test('a connection that breaks leaves everything unknown', async () => {
  const redis = await open(server.port)
  redis.disconnect()
  const unknown = { allowed: null, missing: [] }
  expect(await probeRights(redis, options)).toMatchObject({
    user: null,
    read: unknown,
    retry: unknown,
    remove: unknown,
  })
})
