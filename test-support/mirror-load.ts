import Bull from 'bull'
import type { Queue, Worker } from 'bullmq'
import { bullmqLibraries, type BullmqLibrary } from './bullmq-libraries.ts'

export type Library = BullmqLibrary | 'bull4'

export interface Load {
  /** Adds and works on jobs for so many milliseconds, with all that happens to jobs; then stands still. */
  run(milliseconds: number): Promise<{ added: number }>
  close(): Promise<void>
}

interface LoadOptions {
  library: Library
  port: number
  queue: string
  /** Jobs added at once, again and again. */
  burst?: number
  maxLenEvents?: number
}

/**
 * A producer and a worker of a real library on a queue: jobs that complete, fail, are retried, put off,
 * prioritized, removed, cleaned, and let go at once or beyond the newest hundred.
 */
export function loadOf(options: LoadOptions): Load {
  return options.library === 'bull4' ? bullLoad(options) : bullmqLoad(options.library, options)
}

const never = { attempts: 1 }
const kinds = [
  { name: 'plain', opts: never },
  { name: 'fails', opts: never },
  { name: 'flaky', opts: { attempts: 3, backoff: { type: 'fixed', delay: 20 } } },
  { name: 'later', opts: { delay: 200 } },
  { name: 'urgent', opts: { priority: 3 } },
  { name: 'vanishes', opts: { removeOnComplete: true } },
  { name: 'rolls', opts: { removeOnComplete: 50 } },
  { name: 'fails-away', opts: { removeOnFail: true } },
] as const

let shortLived = 0

async function work(job: { name: string; attemptsMade: number; id?: string | number | undefined }) {
  if (job.name.startsWith('fails')) throw new Error(`no user ${String(job.id)}`)
  if (job.name === 'flaky' && job.attemptsMade < 1) throw new Error('connect ETIMEDOUT')
  shortLived += 1
  return { ok: shortLived % 2 === 0 }
}

function bullmqLoad(
  library: BullmqLibrary,
  { port, queue: name, burst = 50, maxLenEvents = 1000 }: LoadOptions,
): Load {
  const { Queue, Worker } = bullmqLibraries[library]
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null }
  const queue = new Queue(name, { connection, streams: { events: { maxLen: maxLenEvents } } })
  queue.on('error', () => {})
  let worker: Worker | null = null
  return {
    async run(milliseconds) {
      worker = new Worker(name, work, { connection, concurrency: 20 })
      worker.on('error', () => {})
      let added = 0
      const until = Date.now() + milliseconds
      for (let round = 0; Date.now() < until; round += 1) {
        const jobs = Array.from({ length: burst }, (_, index) => {
          const kind = kinds[index % kinds.length] ?? kinds[0]
          return { name: kind.name, data: { userId: index % 7, round }, opts: kind.opts }
        })
        await queue.addBulk(jobs)
        added += burst
        if (round % 4 === 1) await disturb(queue, round)
      }
      await worker.close()
      worker = null
      return { added }
    },
    async close() {
      await worker?.close(true)
      await queue.close()
    },
  }
}

async function disturb(queue: Queue, round: number): Promise<void> {
  const failed = await queue.getFailed(0, 9)
  for (const [index, job] of failed.entries()) {
    // A worker may be faster.
    if (index % 2 === 0) await job.retry().catch(() => {})
    else await job.remove().catch(() => {})
  }
  if (round % 8 === 1) await queue.clean(0, 20, 'completed')
  if (round % 12 === 5) {
    await queue.pause()
    await queue.add('while paused', {})
    await queue.resume()
  }
}

function bullLoad({ port, queue: name, burst = 50 }: LoadOptions): Load {
  const queue = new Bull(name, { redis: { host: '127.0.0.1', port } })
  queue.on('error', () => {})
  let working = false
  return {
    async run(milliseconds) {
      if (working) await queue.resume(true)
      else void queue.process('*', 20, work)
      working = true
      let added = 0
      const until = Date.now() + milliseconds
      for (let round = 0; Date.now() < until; round += 1) {
        const jobs = Array.from({ length: burst }, (_, index) => {
          const kind = kinds[index % kinds.length] ?? kinds[0]
          return { name: kind.name, data: { userId: index % 7 }, opts: { ...kind.opts } }
        })
        await queue.addBulk(jobs)
        added += burst
        if (round % 4 === 1) {
          for (const job of await queue.getFailed(0, 9)) await job.retry().catch(() => {})
          if (round % 8 === 1) await queue.clean(0, 'completed', 20)
        }
      }
      await queue.pause(true)
      return { added }
    },
    close: () => queue.close(),
  }
}
