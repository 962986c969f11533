import BetterSqlite from 'better-sqlite3'
import { existsSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { MirrorStatus } from '#shared/contract/mirror.ts'
import {
  ask,
  becomes,
  fill,
  intactAudit,
  mirrored,
  openConsole,
  openRedis,
  post,
  search,
  status,
} from '#test-support/mirrored-console.ts'
import { profileFor } from '#test-support/profiles.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import { startTestConsole } from '#test-support/web-console.ts'

describe('without the network', () => {
  test('all is found as it last was, marked so, and nothing is thrown away', async () => {
    const { redis, console } = await mirrored()
    await redis.kill()
    await becomes(console, { state: 'offline', rows: 20 })
    const { total, coverage } = await search(console, 'state:failed ETIMEDOUT')
    expect({ total, state: coverage.state }).toEqual({ total: 20, state: 'offline' })
    expect(coverage.asOf).toBeGreaterThan(Date.now() - 60_000)
    expect(await ask(console, '/failures')).toMatchObject({ failures: 20 })
    expect(await ask(console, '/mirror/rebuild', post)).toMatchObject({
      code: 'ENVIRONMENT_UNREACHABLE',
    })
    expect(await status(console)).toMatchObject({ rows: 20 })
    await redis.start()
    await fill(redis.url, 3)
    await becomes(console, { state: 'following', rows: 3 })
    // What Redis has lost is still there to look at.
    expect((await search(console, 'with:gone')).total).toBeGreaterThanOrEqual(20)
  })

  test('at the start all is there too', async () => {
    const { redis, console, folder } = await mirrored()
    await console.close()
    await redis.kill()
    const again = await openConsole(redis.url, folder)
    expect(await search(again, 'name:send')).toMatchObject({
      total: 20,
      coverage: { state: 'offline', asOf: expect.any(Number), backfilled: 1 },
    })
    expect(await status(again)).toMatchObject({ state: 'offline', rows: 20, problem: null })
  })

  test('and without a mirror it says that there is none', async () => {
    const console = await openConsole('redis://127.0.0.1:1', join(temporaryFolder(), 'data'))
    expect(await status(console)).toMatchObject({ state: 'off', rows: 0, syncedAt: null })
    expect(await search(console, '')).toMatchObject({
      code: 'MIRROR_UNAVAILABLE',
      data: { environment: 'test', problem: 'unavailable' },
    })
  })
})

describe('a mirror file', () => {
  const spoilings: [string, 'damaged' | 'newer', (file: string) => void][] = [
    ['that is no database', 'damaged', (file) => writeFileSync(file, 'x'.repeat(20_000))],
    ['that was cut', 'damaged', (file) => truncateSync(file, statSync(file).size >> 1)],
    [
      'of a newer version',
      'newer',
      (file) => {
        const database = new BetterSqlite(file)
        database.pragma('user_version = 9999')
        database.close()
      },
    ],
  ]

  test.each(spoilings)(
    '%s is told, left alone, and rebuilt when asked',
    async (_, problem, spoil) => {
      const { redis, console, folder, file } = await mirrored()
      await console.close()
      spoil(file)
      const size = statSync(file).size
      const again = await openConsole(redis.url, folder)
      await becomes(again, { state: 'failed', problem })
      expect(await search(again, '')).toMatchObject({
        code: 'MIRROR_UNAVAILABLE',
        data: { problem },
      })
      expect(await ask(again, '/jobs/export?format=csv')).toMatchObject({
        code: 'MIRROR_UNAVAILABLE',
      })
      expect(await intactAudit(again)).toMatchObject({ intact: true })
      expect(statSync(file).size).toBe(size)
      await ask(again, '/mirror/rebuild', post)
      await becomes(again, { state: 'following', problem: null, rows: 20 })
      expect(await search(again, '')).toMatchObject({ total: 20 })
    },
  )

  test('that was deleted is made anew', async () => {
    const { redis, console, folder, file } = await mirrored()
    await console.close()
    unlinkSync(file)
    const again = await openConsole(redis.url, folder)
    await becomes(again, { state: 'following', rows: 20 })
    expect(await search(again, 'name:send')).toMatchObject({ total: 20 })
  })

  test('is written by one console of a folder, and read by the others until it ends', async () => {
    const { redis, console, folder } = await mirrored()
    const other = await openConsole(redis.url, folder)
    await becomes(other, { state: 'elsewhere', problem: null })
    await vi.waitFor(async () => {
      expect(await search(other, 'state:failed')).toMatchObject({
        total: 20,
        coverage: { state: 'elsewhere', asOf: expect.any(Number), backfilled: 1 },
      })
    }, 5000)
    expect(await ask(other, '/mirror/rebuild', post)).toMatchObject({ code: 'MIRROR_UNAVAILABLE' })
    await console.close()
    await becomes(other, { state: 'following', rows: 20 })
  })

  test('goes with its environment', async () => {
    const redis = await openRedis()
    await fill(redis.url, 5)
    const folder = join(temporaryFolder(), 'data')
    const console = await startTestConsole(null, { dataDirectory: folder })
    onTestFinished(() => console.close())
    const deployment = { type: 'standalone' as const, host: '127.0.0.1', port: redis.port }
    const profile = profileFor({ name: 'Saved', deployment, connectAtStart: true })
    const body = JSON.stringify({ profile })
    const added = await console.fetch('/api/environments', { ...post, body })
    const { id } = (await added.json()) as { id: string }
    const file = join(folder, `mirror-${id}.db`)
    await vi.waitUntil(() => existsSync(file), 15_000)
    const removed = await console.fetch(`/api/environments/${id}?confirmation=Saved`, {
      method: 'DELETE',
    })
    expect(removed.status).toBe(200)
    await vi.waitUntil(() => !existsSync(file), 15_000)
  })

  test('is only its owner’s to read, and of the demo ends with it', async () => {
    const redis = await openRedis()
    await fill(redis.url, 5)
    const folder = join(temporaryFolder(), 'data')
    const console = await startTestConsole(
      { url: redis.url, demo: true },
      { dataDirectory: folder },
    )
    await becomes(console, { state: 'following', rows: 5 })
    const file = join(folder, 'mirror-test.db')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await console.close()
    expect(existsSync(file)).toBe(false)
  })
})

test('a console ends also while its reading waits for a Redis that went away', async () => {
  const redis = await openRedis()
  await fill(redis.url, 20_000)
  const console = await openConsole(redis.url, join(temporaryFolder(), 'data'))
  // By then it reads as fast as the budget allows, and so waits for room most of the time.
  const details: unknown = expect.objectContaining({ total: 20_000 })
  await becomes(console, { details } as MirrorStatus)
  await redis.kill()
  await becomes(console, { state: 'offline' })
  await console.close()
})
