import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from '../../test-support/free-port.ts'
import type { DemoRedis } from './types.ts'

/** Found by PATH and never by a resolved path: one binary serves as several programs by its name. */
const programs = ['redis-server', 'valkey-server'] as const

/** What BullMQ 6 wants at least. */
const oldest = { major: 6, minor: 2 }

/** The first server program on PATH that starts and answers; null when there is none. */
export async function startRealRedis(): Promise<DemoRedis | null> {
  for (const program of programs) {
    const redis = await start(program)
    if (redis !== null) return redis
  }
  return null
}

async function start(program: string): Promise<DemoRedis | null> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-demo-redis-'))
  const port = await freePort()
  const password = randomBytes(24).toString('base64url')
  const child = spawn(program, ['-'], { stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  // The password goes by stdin, so that it is in no file and in no process list.
  child.stdin.on('error', () => undefined)
  child.stdin.end(
    [
      'bind 127.0.0.1',
      `port ${port}`,
      `requirepass ${password}`,
      `dir ${directory}`,
      'save ""',
      'appendonly no',
      'maxmemory-policy noeviction',
      '',
    ].join('\n'),
  )
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
    await rm(directory, { recursive: true, force: true })
  }
  const url = `redis://:${password}@127.0.0.1:${port}/0`
  const version = await Promise.race([answer(url), ended.then(() => null)])
  if (version === null || child.pid === undefined) {
    await stop()
    return null
  }
  return {
    url,
    pid: child.pid,
    directory,
    embedded: false,
    description: `${program} ${version}`,
    ended,
    stop,
  }
}

/** The server's version once it answers PING; null when it does not, or is too old. */
async function answer(url: string): Promise<string | null> {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: (times) => (times < 200 ? 25 : null),
  })
  // Refused connections are expected while it starts.
  client.on('error', () => undefined)
  try {
    await client.ping()
    const info = await client.info('server')
    const version = /redis_version:(\S+)/.exec(info)?.[1] ?? ''
    const [major = 0, minor = 0] = version.split('.').map(Number)
    if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) return null
    // Valkey gives the Redis it is compatible with, and then its own.
    return /valkey_version:(\S+)/.exec(info)?.[1] ?? version
  } catch {
    return null
  } finally {
    client.disconnect()
  }
}
