import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { failureNames, orderData } from './failing-work.ts'
import { loadJobs } from './generated-jobs.ts'
import { orderOf, type JobTemplate } from './real-jobs.ts'

const areas = ['billing', 'catalogue', 'checkout', 'emails', 'images', 'ledger', 'search', 'stock']
const verbs = [
  'import',
  'export',
  'sync',
  'render',
  'notify',
  'cleanup',
  'index',
  'resize',
  'audit',
]

export const waitingJobs = 8
export const failedJobs = 30

/** `count` names such as `billing-import-3`. */
export function queueNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const area = areas[index % areas.length]
    const verb = verbs[Math.floor(index / areas.length) % verbs.length]
    return `${area}-${verb}-${index}`
  })
}

/** Queues in ordinary use: some jobs wait, are delayed or have a priority; some failed; some queues are paused. */
export async function fillOverview(
  redis: { url: string; port: number },
  templates: readonly JobTemplate[],
  prefix: string,
  count: number,
): Promise<string[]> {
  const names = queueNames(count)
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null })
  const now = Date.now()
  for (const [index, name] of names.entries()) {
    await loadJobs(redis.port, templates, {
      prefix,
      queue: name,
      count: failedJobs,
      from: now - 3 * 3_600_000,
      to: now,
    })
    const queue = new Queue(name, { connection, prefix })
    await queue.addBulk(
      Array.from({ length: waitingJobs + 3 }, (_, job) => ({
        name: failureNames[job % failureNames.length] ?? '',
        data: orderData(orderOf(job), job),
        opts:
          job < waitingJobs
            ? {}
            : job === waitingJobs
              ? { priority: 5 }
              : { delay: 3_600_000 * job },
      })),
    )
    if (index % 15 === 7) await queue.pause()
    await queue.close()
  }
  connection.disconnect()
  return names
}
