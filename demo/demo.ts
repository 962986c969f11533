import { fork } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DemoMessage } from './messages.ts'

export interface Demo {
  /** Of the demo's Redis, with its password. */
  url: string
  /** Which server it is, for one line on the screen. */
  description: string
  pid: number
  /** Resolves when the demo has gone, for whatever reason. */
  ended: Promise<void>
  stop(): Promise<void>
}

export interface DemoChoices {
  /** The same seed gives the same jobs, at the same distance from now. Default 1. */
  seed?: number
  /** Nothing moves: no new jobs, and active ones stay active. */
  still?: boolean
  /** Where to look for a Redis server, instead of the process's own PATH. */
  path?: string
}

/** Starts the demo's Redis and workers in a process of their own; resolves once there is life. */
export async function startDemo(choices: DemoChoices = {}): Promise<Demo> {
  const child = fork(join(import.meta.dirname, 'process.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      ...(choices.path === undefined ? {} : { PATH: choices.path }),
      VIGIE_DEMO_SEED: String(choices.seed ?? 1),
      VIGIE_DEMO_STILL: choices.still === true ? '1' : '0',
    },
  })
  let redis: { pid: number; directory: string | null } | null = null
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const ended = exited.then(async () => clearAway(redis))
  const outcome = await Promise.race([
    new Promise<Exclude<DemoMessage, { type: 'redis' }>>((resolve) => {
      child.on('message', (message: DemoMessage) => {
        if (message.type === 'redis') redis = message
        else resolve(message)
      })
    }),
    ended.then(() => ({ type: 'failed', problem: 'its process has ended' }) as const),
  ])
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
  }
  if (outcome.type === 'failed') {
    await stop()
    throw new Error(`The demo did not start: ${outcome.problem}`)
  }
  return { url: outcome.url, description: outcome.description, pid: child.pid ?? 0, ended, stop }
}

/** A demo that was killed cannot stop its Redis; a demo that ended by itself already has. */
async function clearAway(redis: { pid: number; directory: string | null } | null): Promise<void> {
  if (redis === null) return
  try {
    process.kill(redis.pid, 'SIGTERM')
  } catch {
    // Gone already.
  }
  if (redis.directory !== null) await rm(redis.directory, { recursive: true, force: true })
}
