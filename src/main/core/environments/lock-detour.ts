import type { Deployment, Endpoint, Profile } from '#shared/contract/profiles.ts'

/** What this rule wants to know of an environment. */
interface Known {
  id: string
  profile: Profile
}

/**
 * The locked or view-only environment whose queues a profile would let anybody change without unlocking, as
 * it is neither itself; null when there is none. `before` is the profile in whose place
 * it comes, null for a new one: what was such a way already is not one anew.
 */
export function lockDetour<Environment extends Known>(
  { id, before, after }: { id: string | null; before: Profile | null; after: Profile },
  environments: readonly Environment[],
): Environment | null {
  if (!isFree(after)) return null
  const found = environments.find(
    (other) =>
      other.id !== id &&
      !isFree(other.profile) &&
      sharesQueues(after, other.profile) &&
      !(before !== null && isFree(before) && sharesQueues(before, other.profile)),
  )
  return found ?? null
}

/**
 * Whether two profiles can lead to the same queues: the same Redis, database, and a key prefix of both.
 * As far as can be told without asking: a host may have more names than one.
 */
export function sharesQueues(one: Profile, other: Profile): boolean {
  return (
    one.database === other.database &&
    one.prefixes.some((prefix) => other.prefixes.includes(prefix)) &&
    isSameDeployment(one, other)
  )
}

const isFree = ({ locked, access }: Profile) => !locked && access !== 'view-only'

function isSameDeployment(one: Profile, other: Profile): boolean {
  const { deployment: here } = one
  const { deployment: there } = other
  if (here.type === 'socket' || there.type === 'socket') {
    return here.type === 'socket' && there.type === 'socket' && here.path === there.path
  }
  const sentinel = here.type === 'sentinel' ? here.master : null
  if (sentinel !== (there.type === 'sentinel' ? there.master : null)) return false
  const places = new Set(endpointsOf(here).map((endpoint) => placeOf(endpoint, one)))
  return endpointsOf(there).some((endpoint) => places.has(placeOf(endpoint, other)))
}

/** One of them is enough: a server of a cluster leads to all of it. */
function endpointsOf(deployment: Exclude<Deployment, { type: 'socket' }>): Endpoint[] {
  if (deployment.type === 'sentinel') return deployment.sentinels
  if (deployment.type === 'cluster') return deployment.nodes
  return [deployment]
}

/** By whichever tunnel, a host is the same, unless it is the end of the tunnel itself. */
function placeOf({ host, port }: Endpoint, { ssh }: Profile): string {
  const name = host.toLowerCase().replace(/\.$/, '')
  const own = /^(localhost|127(\.\d+){3}|::1)$/.test(name)
  const machine = own && ssh !== null ? ssh.host.toLowerCase() : own ? 'localhost' : name
  return `${machine} ${String(port)}`
}
