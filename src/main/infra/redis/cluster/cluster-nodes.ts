import type { Endpoint } from '#shared/contract/profiles.ts'
import { place } from '#shared/domain/redis-url.ts'
import type { RedisLink } from '../link.ts'

export interface ClusterNode {
  readonly endpoint: Endpoint
  readonly link: RedisLink
}

interface OpenNode extends ClusterNode {
  stopFollowing: () => void
}

/** The links to the nodes of a cluster, one for each, opened and closed as the cluster changes. */
export class ClusterNodes {
  readonly #open: (endpoint: Endpoint) => RedisLink
  readonly #changed: () => void
  readonly #nodes = new Map<string, OpenNode>()
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
      const link = this.#open(endpoint)
      this.#nodes.set(place(endpoint), {
        endpoint,
        link,
        stopFollowing: link.onHealth(this.#changed),
      })
      link.connect()
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

  #close(key: string, { link, stopFollowing }: OpenNode): void {
    this.#nodes.delete(key)
    stopFollowing()
    const closing = link.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}
