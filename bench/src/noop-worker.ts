import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import type { WorkerCommand, WorkerReading } from './noop-worker-process.ts'
import { encode, RedisStream } from './redis-stream.ts'

/** A real worker in a process of its own, and the jobs it works off. */
export class NoopWorker {
  readonly #child: ChildProcess
  readonly #redis: Redis
  readonly #port: number
  readonly #key: string
  /** A waiting job as BullMQ itself writes it. */
  readonly #job: string[]

  private constructor(parts: {
    child: ChildProcess
    redis: Redis
    port: number
    key: string
    job: string[]
  }) {
    this.#child = parts.child
    this.#redis = parts.redis
    this.#port = parts.port
    this.#key = parts.key
    this.#job = parts.job
  }

  static async start(
    { url, port }: { url: string; port: number },
    prefix: string,
    name: string,
  ): Promise<NoopWorker> {
    const redis = new Redis(url, { maxRetriesPerRequest: null })
    const queue = new Queue(name, { connection: redis, prefix })
    const added = await queue.add('noop', {}, { removeOnComplete: true })
    const key = `${prefix}:${name}`
    const job = Object.entries(await redis.hgetall(`${key}:${added.id}`)).flat()
    await queue.close()
    const child = fork(join(import.meta.dirname, 'noop-worker-process.ts'), [
      String(port),
      prefix,
      name,
    ])
    await once(child, 'message')
    return new NoopWorker({ child, redis, port, key, job })
  }

  /** Adds jobs until so many wait: equal to what BullMQ writes, without its scripts, which take longer. */
  async stock(count: number): Promise<void> {
    const missing = count - (await this.#redis.llen(`${this.#key}:wait`))
    if (missing <= 0) return
    const last = await this.#redis.incrby(`${this.#key}:id`, missing)
    const stream = await RedisStream.open(this.#port)
    for (let id = last - missing + 1; id <= last; id += 1) {
      await stream.write(encode(['HSET', `${this.#key}:${id}`, ...this.#job]))
      await stream.write(encode(['LPUSH', `${this.#key}:wait`, String(id)]))
    }
    await stream.write(encode(['ZADD', `${this.#key}:marker`, '0', '0']))
    await stream.end()
  }

  /** Jobs per second while it works for so many milliseconds. */
  async throughput(milliseconds: number): Promise<number> {
    await this.#tell('work')
    // Until it is in its stride.
    await new Promise((resolve) => setTimeout(resolve, 500))
    const before = await this.#tell('count')
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    const after = await this.#tell('count')
    await this.#tell('rest')
    if ((await this.#redis.llen(`${this.#key}:wait`)) === 0) {
      throw new Error('The worker ran out of jobs; stock more')
    }
    return ((after.completed - before.completed) * 1000) / (after.at - before.at)
  }

  async stop(): Promise<void> {
    this.#redis.disconnect()
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await exited
  }

  async #tell(command: WorkerCommand): Promise<WorkerReading> {
    this.#child.send(command)
    const [reading] = (await once(this.#child, 'message')) as [WorkerReading]
    return reading
  }
}
