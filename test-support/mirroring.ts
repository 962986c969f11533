import { onTestFinished, vi, expect } from 'vitest'
import type { Redis } from 'ioredis'
import type { MirrorWriter } from '../src/main/core/mirror/ports.ts'
import { MirrorSync } from '../src/main/core/mirror/sync/mirror-sync.ts'
import { RedisMirrorSource } from '../src/main/infra/bullmq/mirror/mirror-source.ts'
import { defaultMirrorSettings } from '../src/shared/contract/mirror.ts'
import { linkTo, type LinkOverrides } from './link.ts'
import { memoryMirror, type MemoryMirror } from './memory-mirror.ts'
import { differences } from './mirror-equals-redis.ts'

/** Fast enough for a test, and metered as in life. */
export const testBudget = { commandsPerSecond: 100_000, bytesPerSecond: 500_000_000 }

/** A mirror of these queues that is kept in step over a real link, until the test ends. */
export function openMirror<Writer extends MirrorWriter = MemoryMirror>(
  url: string,
  options: {
    queues: () => readonly string[]
    /** Already open; left out, one in memory. */
    writer?: Writer
    prefixes?: readonly string[]
    link?: LinkOverrides
    now?: () => number
  },
) {
  const { prefixes = ['bull'] } = options
  const writer = options.writer ?? (memoryMirror() as MirrorWriter as Writer)
  const link = linkTo(url, {
    ...options.link,
    profile: { budget: testBudget, prefixes: [...prefixes], ...options.link?.profile },
  })
  const problems: unknown[] = []
  const note = (fields: object, message: string) => void problems.push({ fields, message })
  const sync = new MirrorSync({
    source: new RedisMirrorSource(link, prefixes),
    writer,
    queues: options.queues,
    ...(options.now === undefined ? {} : { now: options.now }),
    link,
    settings: () => defaultMirrorSettings,
    log: { debug: () => {}, info: () => {}, warn: note, error: note },
    failed: (error) => void problems.push(error),
  })
  const close = async () => {
    await sync.close()
    await link.close()
  }
  onTestFinished(close)
  return { link, sync, writer, problems, close }
}

/** Waits until the mirror has every job of these queues as Redis has it, and nothing else. */
export async function expectInStep(
  redis: Redis,
  writer: Pick<MemoryMirror, 'rows'>,
  queues: readonly string[],
  { timeout = 5000, prefix = 'bull' } = {},
): Promise<void> {
  await vi.waitFor(
    async () => {
      const rows = Object.fromEntries(queues.map((queue) => [queue, writer.rows(queue)]))
      expect(await differences(redis, rows, { prefix })).toEqual([])
    },
    { timeout, interval: 100 },
  )
}
