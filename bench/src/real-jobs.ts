import { resolve } from 'node:path'
import { Queue, Worker, type Job } from 'bullmq'
import { Redis } from 'ioredis'
import { fail, failureNames, orderData, type OrderData } from './failing-work.ts'

/** The hash of a job that a real worker failed. */
export interface JobTemplate {
  fields: readonly (readonly [name: string, value: string])[]
  /** Its order number, which stands in the data and in most messages. */
  order: string
}

export const orderOf = (index: number) => `ord_${String(index).padStart(9, '0')}`

/** Lets a real worker fail `count` jobs and reads back what BullMQ wrote of each. */
export async function failRealJobs(url: string, count: number): Promise<JobTemplate[]> {
  const prefix = 'bench-templates'
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  const queue = new Queue<OrderData>('orders', { connection, prefix })
  await queue.addBulk(
    Array.from({ length: count }, (_, index) => ({
      name: failureNames[index % failureNames.length] ?? '',
      data: orderData(orderOf(index), index),
    })),
  )
  await runUntil({ url, prefix, queue, done: 'failed', count }, ({ name, data }) =>
    fail(name, data),
  )
  const ids = await connection.zrange(queue.toKey('failed'), '0', '-1')
  const templates = await Promise.all(
    ids.map(async (id) => templateOf(await connection.hgetall(queue.toKey(id)))),
  )
  await queue.obliterate({ force: true })
  await queue.close()
  connection.disconnect()
  return templates
}

const here = resolve(import.meta.dirname, '..')

/** Stacks name the folder of a container, so that sizes do not depend on where this is checked out. */
function templateOf(hash: Record<string, string>): JobTemplate {
  const { order } = JSON.parse(hash['data'] ?? '') as OrderData
  const fields = Object.entries(hash).map(
    ([name, value]) => [name, value.replaceAll(here, '/usr/src/app')] as const,
  )
  return { fields, order }
}

/**
 * Fills two queues with real jobs of `bytes` of data each: `<name>-failed`, and `<name>-completed`,
 * whose jobs also return as much.
 */
export async function makeLargeJobs(
  url: string,
  options: { name: string; count: number; bytes: number },
): Promise<{ failed: string; completed: string }> {
  const { name, count, bytes } = options
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  const rows = Array.from({ length: Math.ceil(bytes / 64) }, (_, index) =>
    `row ${String(index).padStart(8, '0')} of an export kept as text`.padEnd(61, '.'),
  )
  for (const done of ['failed', 'completed'] as const) {
    const queue = new Queue<OrderData>(`${name}-${done}`, { connection })
    for (let index = 0; index < count; index += 1) {
      await queue.add('export-ledger', { ...orderData(orderOf(index), index), rows })
    }
    await runUntil({ url, prefix: 'bull', queue, done, count }, ({ name, data }) =>
      done === 'failed' ? fail(name, data) : Promise.resolve({ rows }),
    )
    await queue.close()
  }
  connection.disconnect()
  return { failed: `${name}-failed`, completed: `${name}-completed` }
}

async function runUntil(
  run: {
    url: string
    prefix: string
    queue: Queue<OrderData>
    done: 'failed' | 'completed'
    count: number
  },
  work: (job: Job<OrderData>) => Promise<unknown>,
): Promise<void> {
  const { url, prefix, queue, done, count } = run
  const connection = new Redis(url, { maxRetriesPerRequest: null })
  const worker = new Worker<OrderData>(queue.name, work, {
    connection,
    prefix,
    name: 'bench-1',
    concurrency: 4,
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let finished = 0
  worker.on(done, () => {
    finished += 1
    if (finished === count) resolve()
  })
  worker.on('error', reject)
  await promise
  await worker.close()
  connection.disconnect()
}
