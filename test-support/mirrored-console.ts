import { Redis } from 'ioredis'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import type { SearchPage } from '../src/shared/contract/job-search.ts'
import type { MirrorStatus } from '../src/shared/contract/mirror.ts'
import { startTestRedis, type TestRedis } from './redis.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { startTestConsole, type TestConsole } from './web-console.ts'

const base = '/api/environments/test'

export const post: RequestInit = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{}',
}

/** A Redis that ends with the test. */
export async function openRedis(): Promise<TestRedis> {
  const server = await startTestRedis()
  onTestFinished(() => server.stop())
  return server
}

/** A console on it that ends with the test. */
export async function openConsole(url: string, dataDirectory: string): Promise<TestConsole> {
  const opened = await startTestConsole({ url }, { dataDirectory })
  onTestFinished(() => opened.close().catch(() => {}))
  return opened
}

/** Failed jobs as BullMQ leaves them, numbered on from `from`. */
export async function fill(url: string, count: number, from = 0): Promise<void> {
  const redis = new Redis(url)
  const pipeline = redis.pipeline()
  pipeline.hset('bull:mail:meta', { version: 'bullmq:6.7.0' })
  for (let index = from; index < from + count; index += 1) {
    const at = Date.now() - index
    pipeline.hset(`bull:mail:${index}`, {
      name: 'send',
      timestamp: at - 1000,
      processedOn: at - 500,
      finishedOn: at,
      opts: '{}',
      data: '{}',
      failedReason: `connect ETIMEDOUT 10.0.0.${index}:443`,
      stacktrace: '[]',
    })
    pipeline.zadd('bull:mail:failed', at, String(index))
  }
  await pipeline.exec()
  redis.disconnect()
}

/** `path` below the environment. */
export async function ask<Body>(
  console: TestConsole,
  path: string,
  init?: RequestInit,
): Promise<Body> {
  return (await (await console.fetch(base + path, init)).json()) as Body
}

export const status = (console: TestConsole) => ask<MirrorStatus>(console, '/mirror')
export const search = (console: TestConsole, filter: string) =>
  ask<SearchPage>(console, `/jobs?filter=${encodeURIComponent(filter)}`)

export const becomes = (console: TestConsole, wanted: Partial<MirrorStatus>) =>
  vi.waitFor(async () => expect(await status(console)).toMatchObject(wanted), 15_000)

export const intactAudit = async (console: TestConsole) =>
  (await console.fetch('/api/audit/verification')).json()

/** A folder with the mirror of 20 failed jobs, and the Redis they are in. */
export async function mirrored(parent = temporaryFolder()) {
  const redis = await openRedis()
  await fill(redis.url, 20)
  const folder = join(parent, 'data')
  const console = await openConsole(redis.url, folder)
  const syncedAt: unknown = expect.any(Number)
  await becomes(console, { state: 'following', rows: 20, details: null, syncedAt } as MirrorStatus)
  return { redis, folder, console, file: join(folder, 'mirror-test.db') }
}
