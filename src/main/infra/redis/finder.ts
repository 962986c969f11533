import type { Redis } from 'ioredis'
import type { LinkTarget } from '#core/environments/ports.ts'
import type { Place, Tunnel } from './dial.ts'
import { SentinelWatch } from './sentinel-watch.ts'
import { SentinelFinder } from './sentinel.ts'

/** Knows where the server of an environment is. */
export interface Finder {
  /**
   * Where it is now; asked before each connect.
   *
   * @throws ConnectError
   */
  find(signal: AbortSignal): Promise<Place>
  /** Only a primary will do: a server that turns out to be a replica is left, and looked for again. */
  readonly primaryOnly: boolean
  /** Calls back when the server has become another one, until it is stopped. */
  watch?(moved: () => void): { stop(): Promise<void> }
}

/** How the one server of a target is found. `created` hears of each connection made to it for that. */
export function finderOf(
  target: LinkTarget,
  tunnel: Tunnel | null,
  created?: (redis: Redis) => void,
): Finder {
  const { deployment } = target.profile
  switch (deployment.type) {
    case 'standalone': {
      const { host, port } = deployment
      return { find: () => Promise.resolve({ host, port }), primaryOnly: false }
    }
    case 'socket': {
      const { path } = deployment
      return { find: () => Promise.resolve({ path }), primaryOnly: false }
    }
    case 'sentinel': {
      const sentinels = new SentinelFinder({ target, deployment, tunnel, created })
      return {
        find: sentinels.find,
        primaryOnly: true,
        watch: (moved) => new SentinelWatch(sentinels, moved),
      }
    }
    case 'cluster':
      break
  }
  throw new TypeError('a cluster is no single server')
}
