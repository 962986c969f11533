import { Redis } from 'ioredis'
import * as v5 from 'bullmq5'
import * as v6 from 'bullmq'
import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { ActionDoor } from '../src/main/core/actions/action-door.ts'
import type { JobMutations, Recheck } from '../src/main/core/actions/ports.ts'
import type { Lock, Rights } from '../src/shared/contract/connections.ts'
import type { Environment } from '../src/shared/contract/environments.ts'
import type { Deployment } from '../src/shared/contract/profiles.ts'
import { BullmqJobMutations } from '../src/main/infra/bullmq/mutations/job-mutations.ts'
import type { RedisLink } from '../src/main/infra/redis/link.ts'
import { memoryAudit } from './audit.ts'
import { linkTo } from './link.ts'
// Brings the type of redisUrl() along.
import './redis-global-setup.ts'
import { ConsoleError } from '../src/shared/errors.ts'
import { redisUrl } from './redis-url.ts'

export const environment = 'staging'
export const actor = { operator: 'marie', via: 'desktop' } as const

/** The real door over a real Redis and a real audit, connected; closed when the test ends. */
export async function openDoor(
  url: string,
  options: {
    prefixes?: readonly string[]
    replyTimeout?: number
    /** Called once, between the last look at Redis and the change. */
    beforeChange?: () => void
    /** Where it leads other than to `url`. */
    deployment?: Deployment
  } & { lock?: Lock['state']; rights?: Partial<Rights> } = {},
) {
  const { prefixes = ['bull'], replyTimeout, lock = 'open', rights, deployment } = options
  let { beforeChange } = options
  const profile = deployment === undefined ? {} : { deployment }
  const connection = linkTo(url, { environment, profile })
  await connected(connection)
  const target = { connection, prefixes }
  let removed = false
  const real = new BullmqJobMutations({
    targetOf: (name) => {
      if (removed) throw new ConsoleError('ENVIRONMENT_NOT_FOUND', { environment: name })
      return target
    },
    ...(replyTimeout === undefined ? {} : { replyTimeout }),
  })
  const once =
    (recheck: Recheck): Recheck =>
    (facts) => {
      recheck(facts)
      beforeChange?.()
      beforeChange = undefined
    }
  const mutations: JobMutations = {
    read: (...asked) => real.read(...asked),
    retry: (address, how, recheck) => real.retry(address, how, once(recheck)),
    remove: (address, recheck) => real.remove(address, once(recheck)),
  }
  const audit = memoryAudit()
  const environments = {
    get: (id: string): Environment => ({
      id,
      name: id,
      kind: 'staging',
      color: 'orange',
      folder: null,
      tags: [],
      prefixes: [...prefixes],
      address: connection.address,
      saved: true,
      demo: false,
      lock: { state: lock, until: null, by: null, reason: null },
      health: connection.health(),
      queues: 0,
    }),
    vitals: () => ({
      health: connection.health(),
      rights: { ...connection.rights(), ...rights },
      cost: connection.cost(),
    }),
  }
  const door = new ActionDoor({ environments, mutations, audit: audit.trail, log: audit.log })
  onTestFinished(async () => {
    await door.close()
    await connection.close()
  })
  return {
    door,
    audit,
    connection,
    /** From here on the environment is not to be found. */
    removeEnvironment: () => {
      removed = true
    },
    /** `kind`, `result` of every audit entry of a job, oldest first. */
    recorded: (job: string) =>
      audit.store
        .after(0, 10_000)
        .filter((entry) => entry.job === job)
        .map(({ kind, result }) => (result === null ? kind : `${kind} ${result}`)),
  }
}

function connected(connection: RedisLink): Promise<void> {
  return new Promise((resolve) => {
    if (connection.health().state === 'ready') return resolve()
    const stop = connection.onHealth(({ state }) => {
      if (state !== 'ready') return
      stop()
      resolve()
    })
  })
}

export type Major = 5 | 6

/**
 * A queue of one major of BullMQ as a real application uses it. Everything opened through it is closed
 * when the test ends.
 */
export function applicationOf(major: Major, url: string, name = `queue-${randomUUID()}`) {
  const closing: (() => Promise<unknown>)[] = []
  const redis = new Redis(url, { maxRetriesPerRequest: null })
  redis.on('error', () => {})
  // BullMQ 5 and 6 have the same shape here; v6's types stand for both.
  const library = (major === 6 ? v6 : v5) as unknown as typeof v6
  const connection = (
    major === 6 ? redis : { host: redis.options.host, port: redis.options.port }
  ) as v6.ConnectionOptions
  const queue = new library.Queue(name, { connection })
  queue.on('error', () => {})
  closing.push(() => queue.close())
  onTestFinished(async () => {
    for (const close of closing.toReversed()) await close().catch(() => {})
    redis.disconnect()
  })
  return {
    name,
    major,
    redis,
    queue,
    /** A worker that runs until the test ends, or until it is closed. */
    worker(
      processor: (job: v6.Job) => Promise<unknown>,
      options: Partial<v6.WorkerOptions> = {},
      of = name,
    ) {
      const own = major === 6 ? redis.duplicate() : connection
      const worker = new library.Worker(of, processor, {
        ...options,
        connection: own,
      })
      worker.on('error', () => {})
      closing.push(async () => {
        await worker.close(true)
        if (own instanceof Redis) own.disconnect()
      })
      return worker
    },
    /** Another queue of the same application. */
    another(of = `queue-${randomUUID()}`) {
      const other = new library.Queue(of, { connection })
      closing.push(() => other.close())
      return other
    },
    flows() {
      const producer = new library.FlowProducer({ connection })
      closing.push(() => producer.close())
      return producer
    },
  }
}

export type Application = ReturnType<typeof applicationOf>

/** An application and a door on the Redis all tests share. */
export async function startBoth(major: Major, options: Parameters<typeof openDoor>[1] = {}) {
  const application = applicationOf(major, redisUrl())
  return { application, ...(await openDoor(redisUrl(), options)) }
}

/** Every place of a queue a job can stand in, with the ids there: `{ wait: ['1'], failed: [] ... }`. */
export async function placesOf(redis: Redis, queue: string, prefix = 'bull') {
  const lists = ['wait', 'paused', 'active'] as const
  const sets = ['prioritized', 'delayed', 'waiting-children', 'completed', 'failed'] as const
  const places: Record<string, string[]> = {}
  for (const suffix of lists) {
    places[suffix] = await redis.lrange(`${prefix}:${queue}:${suffix}`, 0, -1)
  }
  for (const suffix of sets) {
    places[suffix] = await redis.zrange(`${prefix}:${queue}:${suffix}`, '0', '-1')
  }
  return places
}

/** Everything a queue has in Redis, byte for byte. */
export async function contentOf(redis: Redis, queue: string): Promise<unknown> {
  const keys = (await redis.keys(`bull:${queue}:*`)).toSorted()
  return Promise.all(keys.map(async (key) => [key, await redis.dumpBuffer(key)]))
}

/** In how many places each job stands: all ones when no job was lost or doubled. */
export async function standings(redis: Redis, queue: string): Promise<Record<string, number>> {
  const standing: Record<string, number> = {}
  for (const id of Object.values(await placesOf(redis, queue)).flat()) {
    standing[id] = (standing[id] ?? 0) + 1
  }
  return standing
}

/** Adds jobs and lets each of them fail for good; returns their ids. */
export async function addFailed(
  application: Application,
  count = 1,
  options: v6.JobsOptions = {},
): Promise<string[]> {
  const jobs = await application.queue.addBulk(
    Array.from({ length: count }, (_, index) => ({
      name: 'send',
      data: { index, secret: 'hunter2' },
      opts: { ...options, attempts: 1 },
    })),
  )
  await runUntil(application, count, () => {
    throw new Error('SMTP said no\n    and more of it')
  })
  return jobs.map(({ id }) => id ?? '')
}

/** Runs a worker until `count` jobs have finished, either way. */
export async function runUntil(
  application: Application,
  count: number,
  processor: (job: v6.Job) => unknown,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let finished = 0
    const worker = application.worker(async (job) => processor(job))
    const one = () => {
      finished += 1
      if (finished === count) worker.close().then(() => resolve(), reject)
    }
    worker.on('completed', one)
    worker.on('failed', one)
  })
}
