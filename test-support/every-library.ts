import Bull from 'bull'
import type * as v6 from 'bullmq'
import { bullmqLibraries } from './bullmq-libraries.ts'

/** Names of the queues that `fillWithEveryLibrary` makes, as `<library>` and `<library>-paused`. */
export const libraries = ['bull4', 'bullmq3', 'bullmq4', 'bullmq5', 'bullmq6'] as const

/**
 * Puts queues of every supported library into a Redis, each through its own real code: jobs completed,
 * failed, retried, delayed, prioritized, waiting, with logs and progress; a paused queue beside it; for
 * BullMQ 5 and 6 also a flow and a scheduler. Everything is closed again, so the keys stand still.
 */
export async function fillWithEveryLibrary(port: number): Promise<void> {
  const connection = { host: '127.0.0.1', port }
  await fillBull(connection)
  for (const [name, library] of Object.entries(bullmqLibraries)) {
    await fillBullmq(name, library, connection)
  }
}

type Address = { host: string; port: number }

async function fillBull(redis: Address): Promise<void> {
  const queue = new Bull('bull4', { redis })
  await queue.add('good', { a: 1 })
  await queue.add('bad', { a: 2 })
  const done = settled(2, (listener) => {
    queue.on('completed', listener)
    queue.on('failed', listener)
  })
  void queue.process('*', async (job) => {
    await job.log('a line')
    await job.progress(40)
    if (job.name === 'bad') throw new Error('no such user\nsecond line')
    return { ok: true }
  })
  await done
  await queue.pause(true)
  await queue.add('later', {}, { delay: 3_600_000 })
  await queue.close()

  const paused = new Bull('bull4-paused', { redis })
  await paused.add('one', {})
  await paused.pause()
  await paused.add('two', {}, { priority: 3 })
  await paused.close()
}

async function fillBullmq(name: string, library: typeof v6, connection: Address): Promise<void> {
  const queue = new library.Queue(name, { connection })
  await queue.add('good', { a: 1 })
  await queue.add('bad', { a: 2 })
  await queue.add('flaky', { a: 3 }, { attempts: 3, backoff: { type: 'fixed', delay: 3_600_000 } })
  const worker = new library.Worker(
    name,
    async (job) => {
      await job.log('a line')
      await job.updateProgress({ step: 'half', percent: 50 })
      if (job.name !== 'good') throw new Error('no such user\nsecond line')
      return { ok: true }
    },
    { connection: { ...connection, maxRetriesPerRequest: null } },
  )
  await settled(3, (listener) => worker.on('completed', listener).on('failed', listener))
  await worker.close()
  await queue.add('waiting', { a: 4 })
  await queue.add('later', {}, { delay: 3_600_000 })
  await queue.add('urgent', {}, { priority: 3 })
  await queue.close()

  const paused = new library.Queue(`${name}-paused`, { connection })
  await paused.add('one', {})
  await paused.pause()
  await paused.add('two', {})
  await paused.close()

  if (name === 'bullmq5' || name === 'bullmq6') await fillFlow(name, library, connection)
}

async function fillFlow(name: string, library: typeof v6, connection: Address): Promise<void> {
  const flows = new library.FlowProducer({ connection })
  await flows.add({
    name: 'parent',
    queueName: `${name}-flow`,
    children: [{ name: 'child', queueName: `${name}-paused` }],
  })
  await flows.close()
  const queue = new library.Queue(`${name}-flow`, { connection })
  await queue.upsertJobScheduler('nightly', { pattern: '0 3 * * *' }, { name: 'report' })
  await queue.close()
}

function settled(count: number, listen: (listener: () => void) => unknown): Promise<void> {
  return new Promise((resolve) => {
    let left = count
    listen(() => {
      left -= 1
      if (left === 0) resolve()
    })
  })
}
