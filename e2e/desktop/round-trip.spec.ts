import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { once } from 'node:events'
import { startTestRedis, type TestRedis } from '../../test-support/redis.ts'
import { expect, test } from './test.ts'

let redis: TestRedis
test.beforeEach(async () => {
  redis = await startTestRedis()
})
test.afterEach(() => redis.stop())

/** A queue with one job that a real worker has failed. */
async function failOneJob(name: string) {
  const connection = { host: '127.0.0.1', port: redis.port }
  const queue = new Queue(name, { connection })
  const job = await queue.add('send-welcome', { user: 42 })
  const worker = new Worker(
    name,
    () => Promise.reject(new Error('SMTP connection reset by mail.example.com')),
    { connection },
  )
  await once(worker, 'failed')
  await worker.close()
  return { queue, job }
}

/** How busy Redis is. A rate can only be read over a time. */
async function commandsPerSecond(observer: Redis): Promise<number> {
  const counts: number[] = []
  for (const wait of [0, 3000]) {
    await new Promise((over) => setTimeout(over, wait))
    const stats = await observer.info('stats')
    counts.push(Number(/total_commands_processed:(\d+)/.exec(stats)?.[1]))
  }
  const [before = 0, after = 0] = counts
  return (after - before) / 3
}

test('a failed job is seen, understood, retried after a confirmation, and in the audit', async ({
  start,
}) => {
  const { queue, job } = await failOneJob('mail')
  const started = Date.now()
  const desktop = await start({ redis: redis.url })
  const { page } = desktop

  const queueRow = page.getByRole('row', { name: /mail/ })
  await expect(queueRow).toBeVisible()
  const toQueue = Date.now() - started
  await queueRow.click()
  const jobRow = page.getByRole('row', { name: /send-welcome/ })
  await expect(jobRow).toBeVisible()
  const toJob = Date.now() - started
  test.info().annotations.push({
    type: 'measured',
    description: `start to first queue row ${toQueue} ms, to first job row ${toJob} ms`,
  })
  console.log(`start to first queue row: ${toQueue} ms; to first job row: ${toJob} ms`)

  await jobRow.click()
  await page.getByRole('tab', { name: 'Error' }).click()
  await expect(page.getByText('SMTP connection reset by mail.example.com').last()).toBeVisible()
  await page.getByRole('button', { name: 'Retry', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 1 job' }).click()
  await expect(page.getByText(`Job ${job.id} was retried`)).toBeVisible()
  expect(await job.getState()).toBe('waiting')

  await page.getByRole('link', { name: /Audit/ }).click()
  const entry = page.getByRole('row', { name: /Retry/ })
  await expect(entry).toContainText('mail')
  await expect(entry).toContainText('done')
  await desktop.quit()
  await queue.close()
})

test('reloading the page leaves no stream behind', async ({ start }) => {
  const { queue } = await failOneJob('mail')
  const desktop = await start({ redis: redis.url })
  const observer = new Redis(redis.port)
  const row = desktop.page.getByRole('row', { name: /mail/ })
  await expect(row).toBeVisible()
  const once = await commandsPerSecond(observer)
  for (let reloads = 0; reloads < 6; reloads += 1) {
    await desktop.page.reload()
    await expect(row).toBeVisible()
  }
  const after = await commandsPerSecond(observer)
  expect(once).toBeGreaterThan(1)
  // One stream too many would double it, six would make it sevenfold.
  expect(after).toBeLessThan(once * 1.7)
  await desktop.quit()
  observer.disconnect()
  await queue.close()
})
