/*
 * A real producer and worker in one process: so many jobs a second, some of which fail, are retried, are
 * removed at once or by hand; every few seconds old ones are cleaned and the queue is paused for a moment.
 * Arguments: the port of Redis, the key prefix, the queue, jobs a second, seconds.
 */
import { Queue, Worker } from 'bullmq'
import { setTimeout as delay } from 'node:timers/promises'

export interface ChurnResult {
  added: number
  completed: number
  failed: number
  cleaned: number
}

const [port = '', prefix = '', name = '', rate = '', seconds = ''] = process.argv.slice(2)
const connection = { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null }
const result: ChurnResult = { added: 0, completed: 0, failed: 0, cleaned: 0 }
const tick = 50

const queue = new Queue(name, {
  connection,
  prefix,
  streams: { events: { maxLen: 1000 } },
})
const worker = new Worker<{ order: number }>(
  name,
  async ({ data: { order }, attemptsMade }) => {
    if (order % 10 === 0) throw new Error(`Card declined for ord_${order}: insufficient_funds`)
    if (order % 7 === 0 && attemptsMade === 0)
      throw new Error(`connect ETIMEDOUT 10.0.0.${order % 250}:443`)
    return { order }
  },
  { connection, prefix, concurrency: 50 },
)
worker.on('completed', () => (result.completed += 1))
worker.on('failed', () => (result.failed += 1))
worker.on('error', (error) => console.error(error))

const started = Date.now()
for (let beat = 1; Date.now() - started < Number(seconds) * 1000; beat += 1) {
  const due = Math.floor(((Date.now() - started) / 1000) * Number(rate)) - result.added
  if (due > 0) {
    await queue.addBulk(
      Array.from({ length: due }, (_, index) => {
        const order = result.added + index
        return {
          name: order % 3 === 0 ? 'charge-card' : 'send-confirmation',
          data: { order },
          opts: {
            ...(order % 7 === 0 ? { attempts: 2, backoff: 200 } : {}),
            ...(order % 5 === 0 ? { removeOnComplete: true } : {}),
            ...(order % 11 === 0 ? { delay: 500 } : {}),
            ...(order % 13 === 0 ? { priority: 1 + (order % 4) } : {}),
          },
        }
      }),
    )
    result.added += due
  }
  if (beat % 100 === 0) result.cleaned += (await queue.clean(2000, 1000, 'completed')).length
  if (beat % 130 === 0) await queue.retryJobs({ count: 200, state: 'failed' })
  if (beat % 170 === 0) {
    await queue.pause()
    await delay(300)
    await queue.resume()
  }
  if (beat % 40 === 0) {
    const [job] = await queue.getFailed(0, 0)
    await job?.remove()
  }
  await delay(tick)
}
// Until all that waits or is delayed has been worked off.
for (;;) {
  const {
    waiting = 0,
    active = 0,
    delayed = 0,
    prioritized = 0,
  } = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized')
  if (waiting + active + delayed + prioritized === 0) break
  await delay(20)
}
await worker.close()
await queue.close()
process.send?.(result)
process.disconnect?.()
