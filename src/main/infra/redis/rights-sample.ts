import type { Redis } from 'ioredis'
import { escapeGlob } from './glob.ts'
import { sendCommands } from './send-commands.ts'

const most = 50

/**
 * Keys as some queues under these prefixes have them, though none of them exists: one look of SCAN
 * at a thousand keys, which a user sees whether or not he may read them.
 */
export async function keysOfSomeQueues(
  redis: Redis,
  prefixes: readonly string[],
): Promise<string[]> {
  const replies = await sendCommands(
    redis,
    prefixes.map(
      (prefix) => ['scan', '0', 'MATCH', `${escapeGlob(prefix)}:*`, 'COUNT', 1000] as const,
    ),
  )
  return prefixes.flatMap((prefix, index) => {
    const keys: unknown = Array.isArray(replies[index]) ? replies[index][1] : []
    if (!Array.isArray(keys)) return []
    const queues = keys.map(
      (key) =>
        String(key)
          .slice(prefix.length + 1)
          .split(':', 1)[0],
    )
    return [...new Set(queues)].slice(0, most).map((queue) => `${prefix}:${queue}:vigie-probe`)
  })
}
