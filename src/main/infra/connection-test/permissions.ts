import type { Rights } from '#shared/contract/connections.ts'
import type { TestProblem } from '#shared/contract/connection-tests.ts'
import { rightsOfAll } from '../redis/cluster/cluster-rights.ts'
import { probeRights } from '../redis/rights.ts'
import type { ServerLook } from './server-facts.ts'
import type { Finding, Step } from './steps.ts'
import type { Visit } from './visit.ts'

/** What the user may do, and what it lacks. */
export function permissionsStep(visit: Visit, look: ServerLook): Step {
  return {
    name: 'permissions',
    async run(signal): Promise<Finding> {
      const { prefixes, database } = visit.profile
      const servers = await look.all()
      const rights = rightsOfAll(
        await Promise.all(
          visit.servers.map(({ redis, place }, index) =>
            probeRights(redis, {
              prefixes,
              role: roleIn(servers[index]?.fields?.get('role')),
              another: () => visit.open(place, database, signal),
            }),
          ),
        ),
      )
      const { user, read, retry, remove } = rights
      const missing = [...new Set([read, retry, remove].flatMap((right) => right.missing))]
      return {
        problem: problemIn(rights, visit.profile.access),
        facts: {
          username: user,
          read: read.allowed,
          retry: retry.allowed,
          remove: remove.allowed,
          missing,
        },
      }
    },
  }
}

function roleIn(role: string | undefined): Rights['role'] {
  return role === 'master' ? 'primary' : role === 'slave' ? 'replica' : null
}

function problemIn(
  { role, read, retry, remove }: Rights,
  access: Visit['profile']['access'],
): TestProblem | null {
  if (read.allowed === false) return 'read-denied'
  if (read.allowed === null) return 'rights-unknown'
  // Not wished for, or not to be had here whatever the user may do.
  const actions = access === 'view-only' || role === 'replica' ? [] : [retry, remove]
  if (actions.some(({ allowed }) => allowed === false)) return 'actions-denied'
  return actions.some(({ allowed }) => allowed === null) ? 'rights-unknown' : null
}
