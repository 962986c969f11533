import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { isAlive } from '../test-support/processes.ts'
import { startDemo } from './demo.ts'
import { scenario } from './scenario/index.ts'
import { readJobs, withRedis } from './test-support.ts'

async function startOwner() {
  const owner = spawn(process.execPath, [join(import.meta.dirname, 'owner.fixture.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(owner.stdout, 'data')) as [Buffer]
  const pids = JSON.parse(line.toString()) as { demo: number; redis: number }
  expect(isAlive(pids.demo)).toBe(true)
  expect(isAlive(pids.redis)).toBe(true)
  return { owner, pids }
}

/** True once the process has ended; false when it lives on for five seconds. */
async function hasEnded(pid: number): Promise<boolean> {
  return vi.waitUntil(() => !isAlive(pid), { timeout: 5000 }).catch(() => false)
}

test('a demo goes on working', async () => {
  const demo = await startDemo()
  try {
    await withRedis(demo, async (redis) => {
      const done = async () => {
        const counts = await Promise.all(
          scenario.map(async ({ name }) => redis.zcard(`bull:${name}:completed`)),
        )
        return counts.reduce((sum, count) => sum + count, 0)
      }
      const before = await done()
      await vi.waitFor(async () => expect(await done()).toBeGreaterThan(before + 5), {
        timeout: 15_000,
      })
      await vi.waitFor(
        async () => {
          const jobs = await readJobs(redis)
          const stalled = jobs.find(({ hash }) => hash['failedReason']?.startsWith('job stalled'))
          expect(stalled?.state).toBe('failed')
        },
        { timeout: 15_000 },
      )
    })
  } finally {
    await demo.stop()
  }
})

test('a demo wants a password', async () => {
  const demo = await startDemo({ still: true })
  try {
    const url = new URL(demo.url)
    expect(url.hostname).toBe('127.0.0.1')
    expect(url.password.length).toBeGreaterThan(20)
  } finally {
    await demo.stop()
  }
})

test('a Redis server that does not work is passed over for the next one', async () => {
  const path = await mkdtemp(join(tmpdir(), 'vigie-broken-path-'))
  const script = async (name: string, line: string) =>
    writeFile(join(path, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 })
  await script('redis-server', 'exit 1')
  // By its name on PATH: a resolved path may be another program of the same binary.
  await script('valkey-server', `PATH='${process.env['PATH'] ?? ''}' exec redis-server "$@"`)
  const demo = await startDemo({ path, still: true })
  try {
    expect(demo.description).toMatch(/^valkey-server \d/)
  } finally {
    await demo.stop()
    await rm(path, { recursive: true })
  }
})

test('without a Redis server on PATH the demo lives on the embedded one', async () => {
  const path = await mkdtemp(join(tmpdir(), 'vigie-empty-path-'))
  const demo = await startDemo({ path })
  try {
    expect(demo.description).toContain('embedded')
    await withRedis(demo, async (redis) => {
      const jobs = await readJobs(redis)
      const queues = new Set(jobs.map(({ queue }) => queue))
      expect(queues.size).toBe(scenario.length)
      const completed = async () => redis.zcard('bull:images:completed')
      const before = await completed()
      await vi.waitFor(async () => expect(await completed()).toBeGreaterThan(before), {
        timeout: 20_000,
      })
    })
  } finally {
    await demo.stop()
    await rm(path, { recursive: true })
  }
})

test('a demo and its Redis end with the process that started them, even when that is killed', async () => {
  const { owner, pids } = await startOwner()
  owner.kill('SIGKILL')
  expect(await hasEnded(pids.demo)).toBe(true)
  expect(await hasEnded(pids.redis)).toBe(true)
})

test('a demo that is killed leaves no Redis behind, and its owner hears of it', async () => {
  const { owner, pids } = await startOwner()
  const told = once(owner.stdout, 'data') as Promise<[Buffer]>
  process.kill(pids.demo, 'SIGKILL')
  expect(String((await told)[0])).toBe('ended\n')
  expect(await hasEnded(pids.redis)).toBe(true)
  if (owner.exitCode === null) await once(owner, 'exit')
  expect(owner.exitCode).toBe(0)
})
