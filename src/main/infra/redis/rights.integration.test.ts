import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { documentedRights } from '#test-support/documented-rights.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { snapshotOfRedis } from '#test-support/snapshot-of-redis.ts'
import { dial } from './dial.ts'
import type { RightsContext } from './link.ts'
import { openRedis } from './open-redis.ts'
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

interface Opened {
  redis: Redis
  user: string
  another: () => Promise<Redis>
}

/** A connection as the console has it, of a new user with these rights. */
async function connectionOf(...rules: string[]): Promise<Opened> {
  const user = `user-${randomUUID()}`
  await admin.acl('SETUSER', user, 'reset', 'on', '>secret', ...rules)
  return openAs(server.port, user)
}

async function openAs(port: number, user: string | null = null): Promise<Opened> {
  const another = async () => {
    const redis = await openRedis({
      open: (signal) =>
        dial({ host: '127.0.0.1', port }, { tunnel: null, tls: null, secrets: {} }, signal),
      credentials: { username: user, password: user === null ? undefined : 'secret' },
      database: 0,
      signal: new AbortController().signal,
    })
    onTestFinished(() => redis.disconnect())
    return redis
  }
  return { redis: await another(), user: user ?? 'default', another }
}

const closed = () => Promise.reject(new Error('Connection is closed'))

function rightsOf({ redis, another }: Opened, context: Partial<RightsContext> = {}) {
  return probeRights(redis, { prefixes: ['bull'], role: 'primary', another, ...context })
}

test('the default user may do everything, and asking leaves no trace', async () => {
  const before = await snapshotOfRedis(admin)
  const rights = await rightsOf(await openAs(server.port))
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
  const opened = await connectionOf(...(await documentedRights('vigie')))
  const { user, read, retry, remove } = await rightsOf(opened)
  expect(user).toBe(opened.user)
  expect(read).toEqual(everything)
  expect(retry).toEqual({
    allowed: false,
    missing: expect.arrayContaining(['watch', 'eval', 'hset', 'zrem']),
  })
  expect(remove).toEqual({ allowed: false, missing: expect.arrayContaining(['eval', 'del']) })
  expect([...retry.missing, ...remove.missing]).not.toContain('hget')
})

test('a user with the documented rights to act may do everything', async () => {
  const opened = await connectionOf(...(await documentedRights('vigie-acting')))
  const { read, retry, remove } = await rightsOf(opened)
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
    const opened = await connectionOf(...rules, way === 'dry run' ? '+acl' : '-acl')
    const before = await snapshotOfRedis(admin)
    const { user, read, retry, remove } = await rightsOf(opened)
    expect({ read, retry, remove }).toEqual(expected)
    // Who may not ask ACL WHOAMI is not told who he is.
    expect(user).toBe(way === 'dry run' ? opened.user : null)
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
    const opened = await connectionOf(...rules, '+acl')
    const answers = await askByDryRun(opened.redis, opened.user, questions)
    expect(answers).not.toContain('unknown')
    expect(await askByQueueing(opened.another, questions)).toEqual(answers)
  }
})

test('where one prefix may be used and another not, nobody can tell for all queues', async () => {
  const opened = await connectionOf('~a:*', '+@all')
  const { read, retry } = await rightsOf(opened, { prefixes: ['a', 'b'] })
  expect(read).toEqual({ allowed: null, missing: ['b:*'] })
  expect(retry).toEqual({ allowed: null, missing: ['b:*'] })
})

test('where a single queue may be used, nobody can tell for all queues', async () => {
  await admin.hset('team[x]:mails:meta', 'version', 'bullmq:6.7.0')
  await admin.hset('team[x]:bills:meta', 'version', 'bullmq:6.7.0')
  const opened = await connectionOf(String.raw`~team\[x\]:mails:*`, '%R~team*', '+@all')
  const { read, retry } = await rightsOf(opened, { prefixes: ['team[x]'] })
  expect(read).toEqual(everything)
  expect(retry).toEqual({ allowed: null, missing: ['team[x]:*'] })
})

test('a replica refuses actions whatever the user may do', async () => {
  const rights = await rightsOf(await openAs(server.port), { role: 'replica' })
  expect(rights).toMatchObject({
    role: 'replica',
    read: everything,
    retry: { allowed: false, missing: [] },
    remove: { allowed: false, missing: [] },
  })
})

test('without MULTI the other commands are not even sent', async () => {
  const opened = await connectionOf('~*', '+@all', '-acl', '-multi')
  await admin.config('RESETSTAT')
  const { read, retry } = await rightsOf(opened)
  expect(read).toEqual({ allowed: null, missing: [] })
  expect(retry).toEqual({ allowed: false, missing: ['multi', 'exec'] })
  const statistics = await admin.info('commandstats')
  expect(statistics).toContain('cmdstat_watch')
  expect(statistics).not.toMatch(/cmdstat_(hset|incr|lpush|sadd|eval|exists):/)
})

test('a full memory or a stale replica refuses commands, which says nothing of rights', async () => {
  const full = await startTestRedis(['maxmemory 1mb', 'min-replicas-to-write 1'])
  onTestFinished(() => full.stop())
  const { redis } = await openAs(full.port)
  await redis.acl('SETUSER', 'someone', 'on', 'nopass', '~*', '+@all', '-acl')
  const { read, retry, remove } = await rightsOf(await openAs(full.port, 'someone'))
  expect({ read, retry, remove }).toEqual({
    read: everything,
    retry: everything,
    remove: everything,
  })
})

test('a command that was renamed away is lacking, without any ACL', async () => {
  const old = await startTestRedis(['rename-command ACL ""', 'rename-command EVAL ""'])
  onTestFinished(() => old.stop())
  const rights = await rightsOf(await openAs(old.port))
  expect(rights).toMatchObject({
    user: null,
    read: everything,
    retry: { allowed: false, missing: ['eval'] },
    remove: { allowed: false, missing: ['eval'] },
  })
})

test('a connection that breaks leaves everything unknown', async () => {
  const opened = await openAs(server.port)
  opened.redis.disconnect()
  const unknown = { allowed: null, missing: [] }
  expect(await rightsOf(opened, { another: closed })).toMatchObject({
    user: null,
    read: unknown,
    retry: unknown,
    remove: unknown,
  })
})

/** Answers as if every command were executed at once, MULTI or not. Tells what it was sent. */
async function startHeedless(): Promise<{ port: number; commands: string[] }> {
  const commands: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      for (const [, name = ''] of chunk.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g)) {
        commands.push(name.toLowerCase())
        const denied = name.toLowerCase() === 'acl'
        socket.write(denied ? "-ERR unknown command 'acl'\r\n" : '+OK\r\n')
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, commands }
}

test('something between that executes at once what should be queued is not asked for writes', async () => {
  const { port, commands } = await startHeedless()
  const { read, retry } = await rightsOf(await openAs(port))
  expect({ read, retry }).toEqual({
    read: { allowed: null, missing: [] },
    retry: { allowed: null, missing: [] },
  })
  const sent = ['acl', 'client', 'discard', 'exists', 'multi', 'unwatch', 'watch']
  expect([...new Set(commands)].sort()).toEqual(sent)
})
