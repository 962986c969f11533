import type { Redis } from 'ioredis'
import type { Right, Rights } from '#shared/contract/connections.ts'
import type { RightsContext } from './link.ts'
import { askByDryRun } from './rights-answers.ts'
import {
  actionCommands,
  allCommands,
  optionalReadCommands,
  readCommands,
} from './rights-commands.ts'
import { RightsProbe, rightFrom } from './rights-probe.ts'
import { askByQueueing } from './rights-queued.ts'
import { keysOfSomeQueues } from './rights-sample.ts'
import { sendCommands } from './send-commands.ts'

/**
 * Asks Redis what the user of this connection may do to the keys under the prefixes. Two round trips
 * where there is ACL DRYRUN (Redis 7); elsewhere a few on a short connection of its own. Writes nothing,
 * creates no key, and never throws: what cannot be found out is null.
 *
 * A right is also null, with the pattern in `missing`, where it holds for some queues and not for others.
 */
export async function probeRights(
  redis: Redis,
  { prefixes, role, another }: RightsContext,
): Promise<Rights> {
  const [name] = await sendCommands(redis, [['acl', 'WHOAMI']])
  const user = typeof name === 'string' ? name : null
  const probe = new RightsProbe(
    async (questions) =>
      (user === null ? null : await askByDryRun(redis, user, questions)) ??
      (await askByQueueing(another, questions)),
  )
  const keyOf = new Map(prefixes.map((prefix) => [prefix, `${prefix}:vigie-probe:1`]))
  await probe.ask(allCommands, [...keyOf.values()])

  // Where the keys of a prefix are refused, those of one of its queues may still be allowed.
  const refused = [...keyOf].filter(([, key]) =>
    allCommands.some((command) => probe.answer(command, key) === 'key'),
  )
  const others = await keysOfSomeQueues(
    redis,
    refused.map(([prefix]) => prefix),
  )
  await probe.ask(['hget', 'eval'], others)
  const isAllowedSomewhere = (command: 'hget' | 'eval') =>
    others.some((key) => probe.answer(command, key) === 'allowed')

  const action = (needed: readonly string[]): Right => {
    const right = rightFrom(probe, { needed, keyOf, somewhere: isAllowedSomewhere('eval') })
    return role === 'replica' ? { ...right, allowed: false } : right
  }
  return {
    user,
    role,
    checkedAt: Date.now(),
    read: rightFrom(probe, {
      needed: readCommands,
      wanted: optionalReadCommands,
      keyOf,
      somewhere: isAllowedSomewhere('hget'),
    }),
    retry: action(actionCommands.retry),
    remove: action(actionCommands.remove),
  }
}
