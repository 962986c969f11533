import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { fieldsOf } from './server-facts.ts'
import { serverSteps } from './server-steps.ts'

/** What a step finds where the servers answer INFO by these texts; null for one that refuses. */
async function findingOf(name: string, ...infos: (string | null)[]) {
  const redis = { config: () => Promise.reject(new Error('NOPERM')) } as unknown as Redis
  const servers = infos.map((info, index) => ({
    redis,
    name: `10.0.0.${index + 1}:6379`,
    fields: info === null ? null : fieldsOf(info.replaceAll(' ', '\r\n')),
  }))
  const step = serverSteps({ all: () => Promise.resolve(servers) }).find((one) => one.name === name)
  return step?.run(new AbortController().signal)
}

test.each([
  ['redis_version:7.0.15 redis_mode:standalone', null, { product: 'Redis', version: '7.0.15' }],
  ['redis_version:6.2.0', null, { version: '6.2.0' }],
  ['redis_version:6.0.16', 'version-old', { version: '6.0.16' }],
  ['redis_version:4.0.9', 'version-old', {}],
  ['redis_version:10.1.0', null, {}],
  [
    'redis_version:7.2.4 server_name:valkey valkey_version:8.1.1',
    null,
    { product: 'Valkey', version: '8.1.1', speaksAs: '7.2.4' },
  ],
  [
    'redis_version:7.4.0 dragonfly_version:df-v1.27.1',
    null,
    { product: 'Dragonfly', version: '1.27.1' },
  ],
  ['redis_mode:standalone', 'not-told', {}],
])('version by %s', async (info, problem, facts) => {
  expect(await findingOf('version', info)).toMatchObject({ problem, facts })
})

test('of several servers the one with a problem is shown, by its name', async () => {
  const good = 'maxmemory_policy:noeviction used_memory:10 maxmemory:100'
  const evicting = 'maxmemory_policy:volatile-lru used_memory:10 maxmemory:100'
  const finding = await findingOf('memory-policy', good, evicting, good)
  expect(finding).toEqual({
    problem: 'policy-evicts',
    facts: { server: '10.0.0.2:6379', policy: 'volatile-lru', used: 10, maxmemory: 100 },
  })
  expect(await findingOf('role', null)).toEqual({ problem: 'not-told', facts: {} })
})

test('a memory without a limit is never full', async () => {
  const info = 'maxmemory_policy:noeviction used_memory:999999 maxmemory:0'
  expect(await findingOf('memory-policy', info)).toEqual({
    problem: null,
    facts: { policy: 'noeviction', used: 999_999, maxmemory: null },
  })
})

test.each([
  ['aof_enabled:0 rdb_saves:0 rdb_last_bgsave_status:ok', 'not-told', { aof: false, rdb: null }],
  ['aof_enabled:0 rdb_saves:3', null, { aof: false, rdb: true }],
  ['aof_enabled:1 rdb_saves:0', null, { aof: true, rdb: null }],
])('persistence of a user without CONFIG: %s', async (info, problem, facts) => {
  expect(await findingOf('persistence', info)).toMatchObject({ problem, facts })
})
