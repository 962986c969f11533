import type { Redis } from 'ioredis'
import { setTimeout as pause } from 'node:timers/promises'
import { sharesSlot } from '#shared/domain/hash-tag.ts'
import { firstPrefix, splitQueueReference } from '#shared/domain/queue-reference.ts'
import { clientNames } from '../bullmq/client-names.ts'
import { queueKey, queueOfClientName, queueOfKey } from '../bullmq/keys.ts'
import { queuePattern } from '../bullmq/queue-reader.ts'
import { isPermissionReply } from '../redis/failure.ts'
import { sendCommands } from '../redis/send-commands.ts'
import type { Finding, Step } from './steps.ts'
import { versionsOf } from './queue-versions.ts'
import type { Visit } from './visit.ts'

const scanStep = 1000
/** A small keyspace is seen at once; after so many steps the scan leaves Redis time in between. */
const unpacedSteps = 50
const pace = 20
/** How long is looked for queues, in milliseconds; in a large keyspace that finds some of them. */
const longest = 3000
const mostNames = 20

/** The queues under the prefixes, as far as a short look finds them, and who wrote them. */
export function queuesStep(visit: Visit): Step {
  return {
    name: 'queues',
    async run(signal): Promise<Finding> {
      const { prefixes } = visit.profile
      const deadline = performance.now() + longest
      const parts = await Promise.all(
        visit.servers.map(({ redis }) => lookThrough(redis, prefixes, deadline, signal)),
      )
      if (parts.some((part) => part === null)) return { problem: 'not-told' }
      const complete = parts.every((part) => part?.complete === true)
      const queues = [...new Set(parts.flatMap((part) => [...(part?.queues ?? [])]))].sort()
      const versions = await versionsOf(visit.servers, prefixes, queues)
      const found = queues.filter((queue) => versions.has(queue))
      const untagged =
        visit.profile.deployment.type === 'cluster' ? withoutTag(prefixes, found) : []
      const facts = {
        queues: found.length,
        names: found.slice(0, mostNames),
        versions: counted([...versions.values()]),
        complete,
        ...(untagged.length === 0 ? {} : { untagged: untagged.slice(0, mostNames) }),
      }
      if (found.length === 0 && complete) return { problem: 'no-queues', facts }
      return { problem: untagged.length > 0 ? 'no-hash-tag' : null, facts }
    },
  }
}

/** Candidates on one server; null when its keys may not be looked through. */
async function lookThrough(
  redis: Redis,
  prefixes: readonly string[],
  deadline: number,
  signal: AbortSignal,
): Promise<{ queues: Set<string>; complete: boolean } | null> {
  const queues = await connectedQueues(redis, prefixes)
  const pattern = queuePattern(prefixes)
  let cursor = '0'
  for (let step = 1; ; step += 1) {
    const [reply] = await sendCommands(redis, [
      ['scan', cursor, 'MATCH', pattern, 'COUNT', scanStep],
    ])
    if (isPermissionReply(reply)) return null
    if (!Array.isArray(reply)) throw reply
    const [next, keys] = reply as [string, string[]]
    for (const key of keys) {
      const queue = queueOfKey(prefixes, key)
      if (queue !== null) queues.add(queue)
    }
    cursor = next
    if (cursor === '0') return { queues, complete: true }
    if (performance.now() > deadline || signal.aborted) return { queues, complete: false }
    if (step > unpacedSteps) await pause(pace)
  }
}

/** By the names of their workers' connections, which shows the busy ones however many keys there are. */
async function connectedQueues(redis: Redis, prefixes: readonly string[]): Promise<Set<string>> {
  const [list] = await sendCommands(redis, [['client', 'LIST']])
  const names = typeof list === 'string' ? clientNames(list) : []
  const queues = names.map((name) => queueOfClientName(prefixes, name)?.queue)
  return new Set(queues.filter((queue) => queue !== undefined))
}

function withoutTag(prefixes: readonly string[], queues: readonly string[]): string[] {
  return queues.filter((reference) => {
    const { prefix, name } = splitQueueReference(firstPrefix(prefixes), reference)
    return !sharesSlot(queueKey(prefix, name, '').slice(0, -1))
  })
}

/** `6.7.0 (12)`, the most frequent first. */
function counted(versions: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const version of versions) counts.set(version, (counts.get(version) ?? 0) + 1)
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([version, count]) => `${version} (${count})`)
}
