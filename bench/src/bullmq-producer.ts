import { bullmqLibraries, type BullmqLibrary } from '../../test-support/bullmq-libraries.ts'
import {
  cleaning,
  concurrency,
  maxLenEvents,
  mostRetried,
  stalling,
  type Order,
  type Producer,
  type ProducerOptions,
} from './producer.ts'

/** Of BullMQ 3 to 6. */
export function bullmqProducer(
  library: BullmqLibrary,
  { port, prefix, queue: name, work, completed, failed }: ProducerOptions,
): Producer {
  const { Queue, Worker } = bullmqLibraries[library]
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null }
  const streams = { events: { maxLen: maxLenEvents } }
  const queue = new Queue<Order>(name, { connection, prefix, streams })
  const worker = new Worker<Order>(name, work, { connection, prefix, concurrency, ...stalling })
  worker.on('completed', completed).on('failed', failed)
  // A Redis that is killed in the middle is part of it; what it means shows in the jobs.
  queue.on('error', () => {})
  worker.on('error', () => {})
  return {
    async add(jobs) {
      await queue.addBulk([...jobs])
    },
    async cleanCompleted() {
      return (await queue.clean(cleaning.grace, cleaning.most, 'completed')).length
    },
    retryFailed: () => queue.retryJobs({ count: mostRetried, state: 'failed' }),
    async removeNewestFailed() {
      const [job] = await queue.getFailed(0, 0)
      await job?.remove()
    },
    pause: () => queue.pause(),
    resume: () => queue.resume(),
    async left() {
      const counts = await queue.getJobCounts('wait', 'active', 'delayed', 'prioritized')
      return Object.values(counts).reduce((sum, count) => sum + count, 0)
    },
    stopWorking: () => worker.close(),
    close: () => queue.close(),
  }
}
