import type { LinkTarget } from '#core/environments/ports.ts'
import type { Endpoint } from '#shared/contract/profiles.ts'
import { addressOf } from '#shared/domain/redis-url.ts'
import type { Allowance } from '../allowance.ts'
import { RedisConnection, type ConnectionOptions } from '../connection.ts'
import type { Tunnel } from '../dial.ts'
import { ClusterLink } from './cluster-link.ts'

/** The link to a cluster of these seeds; all nodes share one allowance and one tunnel. */
export function openCluster(
  target: LinkTarget,
  seeds: readonly Endpoint[],
  options: ConnectionOptions & { allowance: Allowance },
): ClusterLink {
  const { environment, profile } = target
  const { openTunnel, allowance, ...others } = options
  const shared = openTunnel === undefined ? null : new SharedTunnel(openTunnel)
  const ofNode: ConnectionOptions = {
    ...others,
    allowance: allowanceOfNode(allowance),
    openTunnel: shared === null ? undefined : () => shared,
  }
  return new ClusterLink({
    environment,
    address: addressOf(profile),
    seeds,
    allowance,
    openNode: ({ host, port }) => {
      const deployment = { type: 'standalone' as const, host, port }
      return new RedisConnection({ ...target, profile: { ...profile, deployment } }, ofNode)
    },
    disconnected: async () => shared?.end(),
  })
}

/** What one node does counts for all; how it is, and whether it is left, does not. */
function allowanceOfNode(whole: Allowance): Allowance {
  return {
    admit: (commands, urgency) => whole.admit(commands, urgency),
    meter: (redis) => whole.meter(redis),
    sent: (name) => whole.sent(name),
    observe: (latency) => whole.observe(latency),
    told: (server, info) => whole.told(server, info),
    cost: () => whole.cost(),
    follow: () => {},
    close: () => {},
  }
}

/** One tunnel for all nodes: none of them closes it. */
class SharedTunnel implements Tunnel {
  readonly #begin: () => Tunnel
  #current: Tunnel | null = null

  constructor(begin: () => Tunnel) {
    this.#begin = begin
  }

  open(endpoint: Endpoint): ReturnType<Tunnel['open']> {
    this.#current ??= this.#begin()
    return this.#current.open(endpoint)
  }

  async close(): Promise<void> {}

  async end(): Promise<void> {
    const current = this.#current
    this.#current = null
    await current?.close()
  }
}
