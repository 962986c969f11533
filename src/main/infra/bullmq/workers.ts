import { queueOfClientName } from './keys.ts'
import { clientNames } from './client-names.ts'

/** The name of the console's own connections. */
export const ownClientName = 'vigie'

/** Connected workers by queue, as CLIENT LIST tells; `null` when it cannot be relied on. */
export type WorkerCounts = ReadonlyMap<string, number> | null

/**
 * Counts workers from a reply to CLIENT LIST. Null when it was refused, and when names are hidden:
 * the console's own connection has a name, so a list in which no name is known tells nothing.
 */
export function workerCounts(reply: unknown, prefixes: readonly string[]): WorkerCounts {
  if (typeof reply !== 'string') return null
  const counts = new Map<string, number>()
  let honest = false
  for (const name of clientNames(reply)) {
    if (name === ownClientName) honest = true
    const client = queueOfClientName(prefixes, name)
    if (client === null) continue
    honest = true
    if (client.role === 'worker') counts.set(client.queue, (counts.get(client.queue) ?? 0) + 1)
  }
  return honest ? counts : null
}
