import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Stage } from './stage.ts'
import { WatchedEnvironment } from './watched-environment.ts'
import { FailingWork } from './work.ts'

/** The console takes a longer silence of its clock than 20 s for sleep. */
export const asleep = 22_000

/**
 * Unlocks production in a console of its own process, freezes that for as long as it takes and wakes it; `cut`
 * ends its connections to Redis meanwhile. Resolves when it is ready again.
 */
export async function unlockAndSleep(stage: Stage, { cut = false } = {}) {
  const { url, port } = await stage.redis()
  const redis = stage.client({ port })
  const work = await FailingWork.start(redis, 3)
  const console = await consoleProcess(stage, url)
  const environment = stage.later(new WatchedEnvironment(console, 'test'), (watched) =>
    watched.close(),
  )
  await environment.recovers(0)
  await environment.post('unlock', { name: 'Test', reason: 'a stuck import', minutes: 60 })
  const before = await environment.act('retry', work.queue, 'job-0')

  const began = Date.now()
  console.child.kill('SIGSTOP')
  // As a router does to the connections of one who sleeps.
  if (cut) await redis.call('client', 'KILL', 'TYPE', 'normal')
  // So that it is the first thing the console hears when it wakes.
  const early = environment.act('retry', work.queue, 'job-1')
  // The one wait for a time: it is what sleep is known by.
  await pause(asleep)
  console.child.kill('SIGCONT')
  const woke = Date.now()
  const { code } = await early
  const back = await environment.recovers(woke)
  return {
    environment,
    work,
    before: before.code,
    early: code,
    seen: environment.statesSince(began),
    backAfter: back - woke,
  }
}

/** The whole console in a process of its own, with production named Test. */
async function consoleProcess(stage: Stage, url: string) {
  const fixture = join(import.meta.dirname, '../console.fixture.ts')
  const child = stage.later(
    fork(fixture, [url], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
    async (started) => {
      if (started.exitCode !== null || started.signalCode !== null) return
      started.kill('SIGCONT')
      started.disconnect()
      await once(started, 'exit')
    },
  )
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
