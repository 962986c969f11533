import * as v6 from 'bullmq'
import { Cluster, Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { actor, environment, openDoor } from '#test-support/actions.ts'
import { startTestCluster } from '#test-support/cluster.ts'
import { startSentinelSet, testMaster } from '#test-support/sentinel.ts'
import type { Deployment } from '#shared/contract/profiles.ts'

const count = 200
/** So many are retried before the server dies. */
const before = 60
const prefix = '{bull}'

/** What an operator gets to see and then simply tries again: nothing was changed. */
const harmless = new Set(['ENVIRONMENT_UNREACHABLE', 'ENVIRONMENT_READ_ONLY'])

/** Real failed jobs, known to the replicas as well; answers their ids. */
async function addFailed(redis: Redis | Cluster, name: string): Promise<string[]> {
  const queue = new v6.Queue(name, { connection: redis, prefix })
  const jobs = await queue.addBulk(
    Array.from({ length: count }, () => ({ name: 'send', data: {}, opts: { attempts: 1 } })),
  )
  const own = redis instanceof Cluster ? redis : redis.duplicate({ maxRetriesPerRequest: null })
  const worker = new v6.Worker(name, () => Promise.reject(new Error('no')), {
    connection: own,
    prefix,
    concurrency: 20,
  })
  await new Promise<void>((resolve) => {
    let failed = 0
    worker.on('failed', () => {
      failed += 1
      if (failed === count) resolve()
    })
  })
  await worker.close()
  await queue.close()
  if (own !== redis) own.disconnect()
  return jobs.map(({ id }) => id ?? '')
}

interface Failover {
  deployment: Deployment
  /** The application's own client, which follows the failover as well. */
  redis: Redis | Cluster
  kill: () => Promise<void>
}

/**
 * Retries one failed job after the other, as an operator would who tries again what was refused, while the
 * server that has them dies and another takes over.
 */
async function retryThrough({ deployment, redis, kill }: Failover) {
  const name = randomUUID()
  const root = `${prefix}:${name}`
  const ids = await addFailed(redis, name)
  const { door, recorded, connection, audit } = await openDoor('redis://127.0.0.1', {
    prefixes: [prefix],
    deployment,
  })
  const server = connection.health().server
  const results = new Map<string, string>()
  const states = new Set<string>()
  connection.onHealth(({ state, reason }) =>
    states.add(reason === null ? state : `${state} ${reason}`),
  )
  for (const [index, job] of ids.entries()) {
    if (index === before) void kill()
    while (!results.has(job)) {
      const request = { environment, queue: name, job, resetAttempts: false }
      await door.retry(actor, request).then(
        () => results.set(job, 'ok'),
        async ({ code = 'unexpected' }: { code?: string }) => {
          if (harmless.has(code)) await pause(20)
          else results.set(job, code)
        },
      )
    }
  }
  await vi.waitFor(() => expect(connection.health().state).toBe('ready'))
  expect(connection.health().server).not.toBe(server)
  const [waiting, failed, events] = await Promise.all([
    redis.lrange(`${root}:wait`, 0, -1),
    redis.zrange(`${root}:failed`, '0', '-1'),
    redis.xrange(`${root}:events`, '-', '+'),
  ])
  const timesRetried = (job: string) =>
    events.filter(([, fields]) => fields.join(' ').includes(`waiting jobId ${job} prev failed`))
      .length
  return { ids, results, states, waiting, failed, timesRetried, recorded, audit }
}

function expectNoneLostOrTwice(seen: Awaited<ReturnType<typeof retryThrough>>): void {
  const { ids, results, waiting, failed, timesRetried, recorded } = seen
  // In one place each.
  expect([...waiting, ...failed].toSorted()).toEqual(ids.toSorted())
  for (const job of ids) {
    const result = results.get(job)
    const times = timesRetried(job)
    const outcomes = recorded(job).filter((entry) => entry === 'outcome ok').length
    expect({ job, result, times, outcomes }).toEqual(
      result === 'ok'
        ? { job, result, times: 1, outcomes: 1 }
        : { job, result: 'OUTCOME_UNKNOWN', times: waiting.includes(job) ? 1 : 0, outcomes: 0 },
    )
    // Every intent has its outcome.
    const entries = recorded(job).filter((entry) => !entry.startsWith('refusal'))
    expect(entries.filter((entry) => entry === 'intent')).toHaveLength(entries.length / 2)
  }
  // Only what was under way when the server died can be unknown.
  expect([...results.values()].filter((result) => result !== 'ok').length).toBeLessThanOrEqual(1)
}

test(
  'a primary under sentinels dies: no retry is lost, and none runs twice',
  { timeout: 60_000 },
  async () => {
    const set = await startSentinelSet()
    onTestFinished(() => set.stop())
    const redis = new Redis({
      sentinels: [...set.endpoints],
      name: testMaster,
      maxRetriesPerRequest: null,
    })
    redis.on('error', () => {})
    onTestFinished(() => redis.disconnect())
    const seen = await retryThrough({
      deployment: {
        type: 'sentinel',
        master: testMaster,
        sentinels: [...set.endpoints],
        username: null,
        tls: false,
      },
      redis,
      kill: async () => void set.servers[0]?.process.kill('SIGKILL'),
    })
    expectNoneLostOrTwice(seen)
    expect(seen.states).toContain('reconnecting no-primary')
  },
)

test(
  'a master of a cluster dies: no retry is lost, and none runs twice',
  { timeout: 60_000 },
  async () => {
    const cluster = await startTestCluster({ replicas: true })
    onTestFinished(() => cluster.stop())
    const redis = new Cluster([...cluster.nodes], { redisOptions: { maxRetriesPerRequest: null } })
    redis.on('error', () => {})
    onTestFinished(() => redis.disconnect())
    const seen = await retryThrough({
      deployment: { type: 'cluster', nodes: [...cluster.nodes] },
      redis,
      kill: async () => {
        const slot = await cluster.masters[0].redis.cluster('KEYSLOT', prefix)
        cluster.masters[Math.floor(slot / (16_384 / 3))]?.server.process.kill('SIGKILL')
      },
    })
    expectNoneLostOrTwice(seen)
    expect(seen.states).toContain('reconnecting cluster-down')
  },
)
