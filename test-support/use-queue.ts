import { Queue, Worker, type Job } from 'bullmq'
import { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest'
import type { JobState } from '../src/shared/domain/job-state.ts'
import { environment } from './reading.ts'
import { redisUrl } from './redis-url.ts'

/** A queue name of its own for each test of a file, in the Redis all tests share. Call at the top. */
export function useQueue() {
  let redis: Redis
  let name = ''
  beforeAll(() => {
    redis = new Redis(redisUrl())
  })
  beforeEach(() => {
    name = `queue-${randomUUID()}`
  })
  afterAll(() => {
    redis.disconnect()
  })
  const connection = () => ({
    host: '127.0.0.1',
    port: redis.options.port ?? 0,
    maxRetriesPerRequest: null,
  })
  const key = (suffix: string) => `bull:${name}:${suffix}`
  return {
    get redis() {
      return redis
    },
    get name() {
      return name
    },
    get port() {
      return connection().port
    },
    key,
    job: (id: string) => ({ environment, queue: name, job: id }),
    list: (state: JobState, limit = 50) => ({ environment, queue: name, state, limit }),
    /** The real queue, or one beside it. */
    bullmq(suffix = '') {
      const queue = new Queue(`${name}${suffix}`, { connection: connection() })
      onTestFinished(() => queue.close())
      return queue
    },
    worker(processor: (job: Job) => Promise<unknown>) {
      const worker = new Worker(name, processor, { connection: connection(), name: 'worker-1' })
      onTestFinished(() => worker.close())
      return worker
    },
    /** Failed jobs `job-0`, `job-1` ... a millisecond apart, as BullMQ writes them. */
    async failed(count: number, fields: Record<string, string> = {}) {
      const batch = redis.pipeline()
      for (let index = 0; index < count; index += 1) {
        const at = 1_700_000_000_000 + index
        const own = { name: 'job', timestamp: at, opts: '{"attempts":3}' }
        batch.hset(key(`job-${index}`), { ...own, ...fields })
        batch.zadd(key('failed'), at, `job-${index}`)
      }
      batch.set(key('id'), count)
      await batch.exec()
    },
  }
}
