import { Queue, Worker } from 'bullmq'
import { Cluster, type Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'

/**
 * A queue of an application whose every job fails, each time it runs: a job that was retried once
 * runs once and is failed again, one that was retried twice shows.
 */
export class FailingWork {
  readonly queue = `work-${randomUUID()}`
  readonly ids: readonly string[]
  #redis: Redis | Cluster
  readonly #prefix: string
  readonly #executions = new Map<string, number>()
  #worker: Worker | null = null
  #connection: Redis | Cluster | null = null

  /** `redis` must wait for its server for good, and is the caller's to close. */
  static async start(
    redis: Redis | Cluster,
    count: number,
    { prefix = 'bull' }: { prefix?: string } = {},
  ): Promise<FailingWork> {
    const work = new FailingWork(redis, count, prefix)
    const queue = new Queue(work.queue, { connection: redis, prefix })
    await queue.addBulk(
      work.ids.map((jobId) => ({ name: 'send', data: {}, opts: { attempts: 1, jobId } })),
    )
    await queue.close()
    work.resume()
    await vi.waitFor(async () => {
      if ((await work.#failed()).length < count) throw new Error('not all have failed')
    }, 30_000)
    await work.pause()
    work.#executions.clear()
    return work
  }

  private constructor(redis: Redis | Cluster, count: number, prefix: string) {
    this.#redis = redis
    this.#prefix = prefix
    this.ids = Array.from({ length: count }, (_, index) => `job-${index}`)
  }

  /** From now on it is looked at, and worked on, through another client. */
  follow(redis: Redis | Cluster): void {
    this.#redis = redis
  }

  /** Starts a worker. */
  resume(): void {
    const connection =
      this.#redis instanceof Cluster
        ? this.#redis
        : this.#redis.duplicate({ maxRetriesPerRequest: null })
    connection.on('error', () => {})
    this.#connection = connection
    this.#worker = new Worker(
      this.queue,
      (job) => {
        const id = job.id ?? ''
        this.#executions.set(id, (this.#executions.get(id) ?? 0) + 1)
        return Promise.reject(new Error('no'))
      },
      { connection, prefix: this.#prefix, concurrency: 10 },
    ).on('error', () => {})
  }

  /** Ends the worker. */
  async pause(): Promise<void> {
    await this.#worker?.close()
    if (this.#connection !== this.#redis) this.#connection?.disconnect()
    this.#worker = null
    this.#connection = null
  }

  /** Resolves when all that waits has run. */
  async settle(): Promise<void> {
    if (this.#worker === null) this.resume()
    await vi.waitFor(async () => {
      const left = await Promise.all(
        ['wait', 'active'].map((place) => this.#redis.llen(this.#key(place))),
      )
      if (left.some((length) => length > 0)) throw new Error(`still to run: ${left.join(', ')}`)
    }, 30_000)
    await this.pause()
  }

  /** What became of each job, as Redis and the worker have it. */
  async traces(): Promise<Map<string, JobTrace>> {
    const events = await this.#redis.xrange(this.#key('events'), '-', '+')
    const failed = new Set(await this.#failed())
    const told = events.map(([, fields]) => fields.join(' '))
    const times = (id: string, pattern: RegExp) =>
      told.filter((text) => pattern.test(text) && text.split(' ').includes(id)).length
    const entries = this.ids.map(async (id): Promise<[string, JobTrace]> => [
      id,
      {
        exists: (await this.#redis.exists(this.#key(id))) === 1,
        failed: failed.has(id),
        retried: times(id, /^event waiting .*prev failed$/),
        removed: times(id, /^event removed /),
        executed: this.#executions.get(id) ?? 0,
      },
    ])
    return new Map(await Promise.all(entries))
  }

  #failed(): Promise<string[]> {
    return this.#redis.zrange(this.#key('failed'), '0', '-1')
  }

  #key(suffix: string): string {
    return `${this.#prefix}:${this.queue}:${suffix}`
  }
}

export interface JobTrace {
  exists: boolean
  /** Whether it stands among the failed jobs. */
  failed: boolean
  /** How often Redis took it out of the failed ones, by the queue's own stream of events. */
  retried: number
  removed: number
  /** How often the worker ran it since it failed first. */
  executed: number
}
