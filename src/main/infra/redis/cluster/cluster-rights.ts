import type { Right, Rights } from '#shared/contract/connections.ts'
import { unknownRights } from '../link.ts'

/**
 * What a user may do in the whole of a cluster, out of what it may do on each master: each keeps its own
 * list of users, so one may lack a right the others give.
 */
export function rightsOfAll(rights: readonly Rights[]): Rights {
  const [first] = rights
  if (first === undefined) return unknownRights
  const checked = rights.map(({ checkedAt }) => checkedAt)
  return {
    user: first.user,
    role: first.role,
    checkedAt: checked.every((at) => at !== null) ? Math.min(...checked) : null,
    read: rightOfAll(rights.map(({ read }) => read)),
    retry: rightOfAll(rights.map(({ retry }) => retry)),
    remove: rightOfAll(rights.map(({ remove }) => remove)),
  }
}

function rightOfAll(rights: readonly Right[]): Right {
  const allowed = new Set(rights.map((right) => right.allowed))
  return {
    allowed: allowed.has(false) ? false : allowed.has(null) ? null : true,
    missing: [...new Set(rights.flatMap(({ missing }) => missing))],
  }
}
