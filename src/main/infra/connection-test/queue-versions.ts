import type { Redis } from 'ioredis'
import { bullmqVersion } from '#shared/domain/library-version.ts'
import { firstPrefix, splitQueueReference } from '#shared/domain/queue-reference.ts'
import { queueKey } from '../bullmq/keys.ts'
import { sendCommands } from '../redis/send-commands.ts'
import type { Server } from './visit.ts'

const atOnce = 500

/**
 * Which library wrote each queue: `BullMQ 6.7.0`, another edition as it calls itself, or `Bull`. Left out are
 * candidates that are no queue: without a `meta` that is a queue's, or a counter.
 */
export async function versionsOf(
  servers: readonly Server[],
  prefixes: readonly string[],
  queues: readonly string[],
): Promise<Map<string, string>> {
  const versions = new Map<string, string>()
  for (let start = 0; start < queues.length; start += atOnce) {
    const part = queues.slice(start, start + atOnce)
    const asked = await Promise.all(servers.map(({ redis }) => ask(redis, prefixes, part)))
    for (const [index, queue] of part.entries()) {
      // In a cluster all nodes are asked; the one that has the queue knows.
      const version = asked.map((answers) => answers[index]).find((answer) => answer !== null)
      if (typeof version === 'string') versions.set(queue, version)
    }
  }
  return versions
}

async function ask(
  redis: Redis,
  prefixes: readonly string[],
  queues: readonly string[],
): Promise<(string | null)[]> {
  const replies = await sendCommands(
    redis,
    queues.flatMap((reference) => {
      const { prefix, name } = splitQueueReference(firstPrefix(prefixes), reference)
      return [
        ['hmget', queueKey(prefix, name, 'meta'), 'version', 'opts.maxLenEvents'] as const,
        ['exists', queueKey(prefix, name, 'id')] as const,
      ]
    }),
  )
  return queues.map((_, index) => libraryOf(replies[index * 2], replies[index * 2 + 1]))
}

function libraryOf(meta: unknown, counter: unknown): string | null {
  const [version, length] = Array.isArray(meta) ? (meta as unknown[]) : []
  if (typeof version === 'string') {
    const own = bullmqVersion(version)
    return own === null ? version.slice(0, 40) : `BullMQ ${own}`
  }
  if (typeof length === 'string') return 'BullMQ'
  return counter === 1 ? 'Bull' : null
}
