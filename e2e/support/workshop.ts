import { type JobsOptions, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { startTestRedis } from '../../test-support/redis.ts'

interface PlannedJob {
  name?: string
  data?: unknown
  options?: JobsOptions
}

/** A Redis of a test's own, with real queues whose jobs real workers complete and fail. */
export interface Workshop {
  url: string
  redis: Redis
  queue(name: string): Queue
  /** Adds jobs and lets a worker fail every attempt of them with what `error` gives; answers their ids. */
  fail(
    queue: string,
    jobs: readonly PlannedJob[],
    error?: (attempt: number) => Error,
  ): Promise<string[]>
  /** Adds jobs and lets a worker complete them with `result`; answers their ids. */
  complete(queue: string, jobs: readonly PlannedJob[], result?: unknown): Promise<string[]>
  /** Starts a worker that stays until it is closed or the workshop is. */
  work(queue: string, process: ConstructorParameters<typeof Worker>[1]): Worker
  close(): Promise<void>
}

export async function openWorkshop(): Promise<Workshop> {
  const server = await startTestRedis()
  const redis = new Redis(server.url, { maxRetriesPerRequest: null })
  const queues = new Map<string, Queue>()
  const workers: Worker[] = []

  const queue = (name: string) => {
    const known = queues.get(name)
    if (known !== undefined) return known
    const made = new Queue(name, { connection: redis })
    queues.set(name, made)
    return made
  }
  const work: Workshop['work'] = (name, process) => {
    const connection = redis.duplicate()
    const worker = new Worker(name, process, { connection, concurrency: 20, drainDelay: 1 })
    worker.on('closed', () => connection.disconnect())
    workers.push(worker)
    return worker
  }
  const add = async (name: string, jobs: readonly PlannedJob[]) => {
    const added = await queue(name).addBulk(
      jobs.map(({ name: jobName = 'send', data = {}, options = {} }) => ({
        name: jobName,
        data,
        opts: options,
      })),
    )
    return added.map(({ id }) => id ?? '')
  }
  const finish = async (name: string, ids: readonly string[], state: 'failed' | 'completed') => {
    const wanted = new Set(ids)
    while (wanted.size > 0) {
      for (const id of wanted) {
        if ((await queue(name).getJobState(id)) === state) wanted.delete(id)
      }
    }
  }

  return {
    url: server.url,
    redis,
    queue,
    work,
    async fail(name, jobs, error = () => new Error('SMTP refused the message')) {
      const ids = await add(name, jobs)
      const worker = work(name, async (job) => {
        await Promise.resolve()
        throw error(job.attemptsMade + 1)
      })
      await finish(name, ids, 'failed')
      await worker.close()
      return ids
    },
    async complete(name, jobs, result = { ok: true }) {
      const ids = await add(name, jobs)
      const worker = work(name, async () => Promise.resolve(result))
      await finish(name, ids, 'completed')
      await worker.close()
      return ids
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close(true)))
      await Promise.all([...queues.values()].map((each) => each.close()))
      redis.disconnect()
      await server.stop()
    },
  }
}

/** Something a job waits for until the test lets it go on. */
export function gate(): { opened: Promise<void>; open: () => void } {
  const ways: (() => void)[] = []
  const opened = new Promise<void>((resolve) => {
    ways.push(resolve)
  })
  return { opened, open: () => ways.forEach((resolve) => resolve()) }
}
