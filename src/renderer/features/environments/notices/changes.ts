import { isReadable } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'

/** What happened to environments between two looks that is worth telling wherever one is. */
export interface Changes {
  /** Locked again, by itself or from elsewhere. */
  locked: Environment[]
  /** Another server answers now. */
  moved: { environment: Environment; from: string; to: string }[]
  /** Away now, though nobody disconnected it. */
  lost: Environment[]
  /** Away before, and there again. */
  back: Environment[]
}

const isAway = ({ health }: Environment) =>
  health.state === 'reconnecting' || health.state === 'refused' || health.state === 'loading'

/**
 * Compares two lists of all environments. One that is new, or gone, is no news.
 *
 * @param servers which server answered last for each, also while none does: a failover takes a while
 */
export function changesBetween(
  before: readonly Environment[],
  after: readonly Environment[],
  servers: ReadonlyMap<string, string>,
): Changes {
  const changes: Changes = { locked: [], moved: [], lost: [], back: [] }
  const known = new Map(before.map((environment) => [environment.id, environment]))
  for (const now of after) {
    const was = known.get(now.id)
    if (was === undefined) continue
    if (was.lock.state === 'unlocked' && now.lock.state === 'locked') changes.locked.push(now)
    const from = servers.get(now.id)
    const { server: to } = now.health
    if (from !== undefined && to !== null && from !== to) {
      changes.moved.push({ environment: now, from, to })
    }
    if (isReadable(was.health) && isAway(now)) changes.lost.push(now)
    if (isAway(was) && isReadable(now.health)) changes.back.push(now)
  }
  return changes
}
