import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test, inject } from 'vitest'
import { recordFault } from '#test-support/faults/report.ts'
import { WatchedEnvironment } from '#test-support/faults/watched-environment.ts'
import { FailingWork } from '#test-support/faults/work.ts'
import { startTestRedis } from '#test-support/redis.ts'
import { Redis } from 'ioredis'

/** The console takes a longer silence of its clock than 20 s for sleep. */
const asleep = 22_000

/** The whole console in a process of its own. */
async function consoleProcess(url: string) {
  const fixture = join(import.meta.dirname, '../../../test-support/faults/console.fixture.ts')
  const child = fork(fixture, [url], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGCONT')
    child.disconnect()
    await once(child, 'exit')
  })
  const [said] = (await once(child, 'message')) as [{ origin: string; token: string }]
  return {
    child,
    fetch: (path: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers)
      headers.set('authorization', `Bearer ${said.token}`)
      return fetch(said.origin + path, { ...init, headers })
    },
  }
}

test(
  'a console that slept is locked when it wakes, and connects again',
  { timeout: 90_000 },
  async () => {
    const server = await startTestRedis()
    onTestFinished(() => server.stop())
    const redis = new Redis({ port: server.port, maxRetriesPerRequest: null })
    onTestFinished(() => redis.disconnect())
    const work = await FailingWork.start(redis, 3)
    const console = await consoleProcess(server.url)
    const environment = new WatchedEnvironment(console, 'test')
    onTestFinished(() => environment.close())
    await environment.recovers(0)
    await environment.post('unlock', { name: 'Test', reason: 'a stuck import', minutes: 60 })
    expect(await environment.act('retry', work.queue, 'job-0')).toMatchObject({ status: 200 })

    const began = Date.now()
    console.child.kill('SIGSTOP')
    // As a router does to connections of one who sleeps.
    await redis.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    // Asked for while it sleeps, so that it is the first thing the console hears when it wakes.
    const early = environment.act('retry', work.queue, 'job-1')
    await pause(asleep)
    console.child.kill('SIGCONT')
    const woke = Date.now()
    expect((await early).status).not.toBe(200)
    const back = await environment.recovers(woke)
    expect(await environment.lock()).toMatchObject({ state: 'locked' })
    expect(await environment.act('retry', work.queue, 'job-1')).toMatchObject({
      status: 423,
      code: 'ENVIRONMENT_LOCKED',
    })
    await work.settle()
    const traces = await work.traces()
    expect(work.ids.map((id) => traces.get(id)?.executed)).toEqual([1, 0, 0])
    recordFault(inject('faultsSeen'), {
      order: 160,
      fault: `asleep (SIGSTOP) for ${asleep / 1000} s while unlocked; awake`,
      seen: [...environment.statesSince(began), 'locked'],
      seenAfter: null,
      backAfter: back - woke,
      actions: { done: 1, refused: 2, unknown: 0 },
    })
  },
)
