import Bull from 'bull'
import {
  cleaning,
  concurrency,
  mostRetried,
  stalling,
  type Order,
  type Producer,
  type ProducerOptions,
} from './producer.ts'

/** Of Bull 4, which writes no events. */
export function bullProducer({
  port,
  prefix,
  queue: name,
  work,
  completed,
  failed,
}: ProducerOptions): Producer {
  const queue = new Bull<Order>(name, {
    prefix,
    redis: { host: '127.0.0.1', port },
    settings: stalling,
  })
  queue.on('error', () => {})
  queue.on('completed', completed).on('failed', failed)
  void queue.process('*', concurrency, work)
  return {
    async add(jobs) {
      await queue.addBulk([...jobs])
    },
    async cleanCompleted() {
      return (await queue.clean(cleaning.grace, 'completed', cleaning.most)).length
    },
    async retryFailed() {
      const jobs = await queue.getFailed(0, mostRetried - 1)
      await Promise.all(jobs.map((job) => job.retry()))
    },
    async removeNewestFailed() {
      const [job] = await queue.getFailed(0, 0)
      await job?.remove()
    },
    pause: () => queue.pause(),
    resume: () => queue.resume(),
    async left() {
      const { waiting, active, delayed } = await queue.getJobCounts()
      return waiting + active + delayed
    },
    // Of this process alone, whose jobs are then done.
    stopWorking: () => queue.pause(true),
    close: () => queue.close(),
  }
}
