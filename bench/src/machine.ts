import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { cpus, release, totalmem, type as system } from 'node:os'
import { promisify } from 'node:util'
import type { Redis } from 'ioredis'

export interface Machine {
  date: string
  processor: string
  cores: number
  memoryGb: number
  kernel: string
  node: string
  redis: string
  chromium: string | null
  /** Versions of the compared packages. */
  packages: Record<string, string>
}

export async function describeMachine(redis: Redis, chromium: string | null): Promise<Machine> {
  const redisVersion = /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1] ?? 'unknown'
  const processors = cpus()
  return {
    date: new Date().toISOString(),
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    kernel: `${system()} ${release()}`,
    node: process.version,
    redis: redisVersion,
    chromium,
    packages: {
      vigie: await versionIn('../../package.json'),
      '@bull-board/api': await versionIn('../node_modules/@bull-board/api/package.json'),
      bullmq: await versionIn('../node_modules/bullmq/package.json'),
    },
  }
}

async function versionIn(path: string): Promise<string> {
  const text = await readFile(new URL(path, import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** What a program says of its version; null when it is not there. */
export async function versionOf(program: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'])
    return stdout.trim()
  } catch {
    return null
  }
}
