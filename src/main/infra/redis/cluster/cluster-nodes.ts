import { isReadable, type Health } from '#shared/contract/connections.ts'
import type { Endpoint } from '#shared/contract/profiles.ts'
import { place } from '#shared/domain/redis-url.ts'
import type { RedisLink } from '../link.ts'

export interface ClusterNode {
  readonly endpoint: Endpoint
  readonly link: RedisLink
  /** That of its link, unless the node says that it serves nothing yet. */
  health(): Health
}

/** The links to the nodes of a cluster, one for each, opened and closed as the cluster changes. */
export class ClusterNodes {
  readonly #open: (endpoint: Endpoint) => RedisLink
  readonly #changed: () => void
  readonly #nodes = new Map<string, FollowedNode>()
  readonly #closing = new Set<Promise<void>>()

  /** `changed` is called at each change of a node's health, and each answer to a PING. */
  constructor(open: (endpoint: Endpoint) => RedisLink, changed: () => void) {
    this.#open = open
    this.#changed = changed
  }

  all(): ClusterNode[] {
    return [...this.#nodes.values()]
  }

  at(endpoint: Endpoint): ClusterNode | null {
    return this.#nodes.get(place(endpoint)) ?? null
  }

  /** Opens links to those there is none to yet. */
  add(endpoints: readonly Endpoint[]): void {
    for (const endpoint of endpoints) {
      if (this.#nodes.has(place(endpoint))) continue
      const node = new FollowedNode(endpoint, this.#open(endpoint), this.#changed)
      this.#nodes.set(place(endpoint), node)
      node.link.connect()
    }
  }

  /** Opens what is missing and closes all others. */
  keepOnly(endpoints: readonly Endpoint[]): void {
    const kept = new Set(endpoints.map(place))
    this.add(endpoints)
    for (const [key, node] of this.#nodes) if (!kept.has(key)) this.#close(key, node)
  }

  /** Resolves when all sockets are gone, those of nodes that were left before as well. */
  async close(): Promise<void> {
    this.keepOnly([])
    await Promise.all(this.#closing)
  }

  #close(key: string, node: FollowedNode): void {
    this.#nodes.delete(key)
    const closing = node.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}

/**
 * A node that comes back answers PING at once, and refuses everything else for two seconds and until it has
 * heard from the others. Nobody but it knows, so it is asked itself after each connect.
 */
class FollowedNode implements ClusterNode {
  readonly endpoint: Endpoint
  readonly link: RedisLink
  readonly #changed: () => void
  readonly #stopFollowing: () => void
  /** Null until it has told. */
  #serves: boolean | null = null
  #asking = false

  constructor(endpoint: Endpoint, link: RedisLink, changed: () => void) {
    this.endpoint = endpoint
    this.link = link
    this.#changed = changed
    this.#stopFollowing = link.onHealth((health) => {
      if (health.server === null) this.#serves = null
      else if (this.#serves !== true && isReadable(health)) void this.#ask()
      changed()
    })
  }

  health(): Health {
    const health = this.link.health()
    if (this.#serves === true || !isReadable(health)) return health
    return this.#serves === null
      ? { ...health, state: 'connecting', reason: null }
      : { ...health, state: 'reconnecting', reason: 'cluster-down' }
  }

  close(): Promise<void> {
    this.#stopFollowing()
    return this.link.close()
  }

  async #ask(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    // Without an answer it is asked again at the next PING.
    const [info = null] = await this.link.pipeline([['cluster', 'INFO']]).catch(() => [])
    this.#asking = false
    if (info === null || this.link.health().server === null) return
    this.#serves = !(typeof info === 'string' && info.includes('cluster_state:fail'))
    this.#changed()
  }
}
