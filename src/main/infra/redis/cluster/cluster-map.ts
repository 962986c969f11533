import { isReadable, type ConnectionReason, type Health } from '#shared/contract/connections.ts'
import type { Endpoint } from '#shared/contract/profiles.ts'
import { place } from '#shared/domain/redis-url.ts'
import { firstOf } from '../first-of.ts'
import type { ClusterNode, ClusterNodes } from './cluster-nodes.ts'
import { topologyOf, type Topology } from './topology.ts'

/** While all is well; whatever is not well shows by itself, in health or by a redirection. */
const calmEvery = 5000
const anxiousEvery = 500
/** While all masters are there, and some may still take the cluster for down. */
const settlingEvery = 100
/** A node that takes longer to tell lets the next one be asked beside it. */
const patience = 500

/** Who serves which slot: asked of the nodes again and again, and at once when somebody was wrong. */
export class ClusterMap {
  readonly #nodes: ClusterNodes
  readonly #seeds: readonly Endpoint[]
  readonly #changed: () => void
  #topology: Topology | null = null
  #problem: ConnectionReason | null = null
  #agreed: boolean | null = null
  #looking: Promise<void> | null = null
  #lookedAt = 0
  #timer: NodeJS.Timeout | null = null
  #end: AbortController | null = null
  /** The one that told last, or that knew better than the others. */
  #preferred: Endpoint | null = null
  /** All nodes of the newest topology. */
  #heard: readonly Endpoint[] = []

  /** `changed` is called after each look. */
  constructor(nodes: ClusterNodes, seeds: readonly Endpoint[], changed: () => void) {
    this.#nodes = nodes
    this.#seeds = seeds
    this.#changed = changed
  }

  /** Null until a node has told. */
  get topology(): Topology | null {
    return this.#topology
  }

  /** Why it cannot be told, other than that no node answers. */
  get problem(): ConnectionReason | null {
    return this.#problem
  }

  /**
   * Whether every master takes the cluster for whole: after a failover they learn of it one after the
   * other, and one that has not refuses what it is asked. Null before the first look at all of them.
   */
  get agreed(): boolean | null {
    return this.#agreed
  }

  get nextLookAt(): number | null {
    return this.#end === null ? null : this.#lookedAt + this.#pause()
  }

  start(): void {
    this.#end ??= new AbortController()
    this.#nodes.add(this.#seeds)
    this.attend()
  }

  stop(): void {
    this.#end?.abort()
    this.#end = null
    this.#topology = null
    this.#problem = null
    this.#agreed = null
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  /** Something may have changed: looks again as soon as things now ask for. */
  attend(): void {
    // It may be back before the next look, answer at once and yet refuse everything for two seconds.
    if (this.#masters().some((node) => node === null || isAway(node.link.health()))) this.doubt()
    if (this.#end === null || this.#looking !== null) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    const wait = Math.max(0, this.#lookedAt + this.#pause() - Date.now())
    this.#timer = setTimeout(() => void this.look(), wait)
  }

  /** A master takes the cluster for down. */
  doubt(): void {
    this.#agreed &&= false
  }

  /**
   * Looks now, or waits for the look that is under way. `better` is the node that knows more than what
   * was believed. Never rejects: what could not be found out stays as it was.
   */
  async look(better?: Endpoint): Promise<void> {
    if (this.#end === null) return
    if (better !== undefined) this.#preferred = better
    this.#looking ??= this.#look(this.#end.signal).finally(() => {
      this.#looking = null
      this.#lookedAt = Date.now()
      this.attend()
    })
    await this.#looking
  }

  async #look(signal: AbortSignal): Promise<void> {
    const found = { partial: null as Topology | null, problem: null as ConnectionReason | null }
    const tries = this.#candidates().map((node) => async () => {
      const told = await ask(node)
      if (told.problem !== undefined) found.problem ??= told.problem
      else if (!told.whole) found.partial ??= told.topology
      else return { ...told, node }
      throw new Error('no whole map')
    })
    try {
      const { topology, node } = await firstOf(tries, patience, signal)
      if (signal.aborted) return
      this.#preferred = node.endpoint
      this.#problem = null
      this.#adopt(topology)
      await this.#hearAll()
      if (signal.aborted) return
    } catch {
      if (signal.aborted) return
      this.doubt()
      this.#problem = found.partial === null ? found.problem : null
      if (found.partial !== null) this.#adopt(found.partial)
      // Nobody is left that knows: all that were ever heard of are asked.
      else if (found.problem === null) this.#nodes.add([...this.#seeds, ...this.#heard])
    }
    this.#changed()
  }

  #adopt(topology: Topology): void {
    this.#topology = topology
    const { masters, replicas } = topology
    this.#heard = [...masters, ...replicas]
    this.#nodes.keepOnly(masters)
  }

  /** Asks every master, where some of them may not have heard what has become of the cluster. */
  async #hearAll(): Promise<void> {
    if (this.#agreed === true || !this.#allServe()) return
    const told = await Promise.all(
      this.#masters().map(async (node) => node !== null && isWhole(node)),
    )
    this.#agreed = told.every(Boolean)
  }

  /** Those that can be asked now, the likeliest to know first. */
  #candidates(): ClusterNode[] {
    const rank = ({ endpoint, link }: ClusterNode) => {
      const health = link.health()
      if (this.#preferred !== null && place(endpoint) === place(this.#preferred)) return 0
      return isReadable(health) ? 1 : health.state === 'connecting' ? 2 : 3
    }
    return this.#nodes.all().toSorted((one, other) => rank(one) - rank(other))
  }

  #masters(): (ClusterNode | null)[] {
    return this.#topology?.masters.map((master) => this.#nodes.at(master)) ?? []
  }

  #allServe(): boolean {
    const masters = this.#masters()
    const serving = masters.every((node) => node !== null && isReadable(node.link.health()))
    return serving && this.#topology?.complete === true
  }

  #pause(): number {
    if (this.#problem !== null) return calmEvery
    if (!this.#allServe()) return anxiousEvery
    return this.#agreed === true ? calmEvery : settlingEvery
  }
}

/** What a node says of the cluster that is cut off from the others, or has not heard of a failover. */
const failing = 'cluster_state:fail'

const isFailing = (info: unknown) => typeof info === 'string' && info.includes(failing)

/** Whether a node itself takes the cluster for whole, as far as it may be asked. */
async function isWhole({ link }: ClusterNode): Promise<boolean> {
  const [info] = await link.pipeline([['cluster', 'INFO']]).catch(() => [failing])
  return !isFailing(info)
}

const isAway = ({ state }: Health) => state === 'reconnecting' || state === 'refused'

type Told =
  | { problem: ConnectionReason }
  | { problem?: undefined; topology: Topology; whole: boolean }

async function ask({ endpoint, link }: ClusterNode): Promise<Told> {
  const [slots, info] = await link.pipeline([
    ['cluster', 'SLOTS'],
    ['cluster', 'INFO'],
  ])
  if (slots instanceof Error) {
    if (slots.message.startsWith('NOPERM')) return { problem: 'permission' }
    if (/cluster support disabled|unknown command/i.test(slots.message)) {
      return { problem: 'not-a-cluster' }
    }
  }
  const topology = topologyOf(slots, endpoint.host)
  if (topology === null) throw new Error('no map')
  return { topology, whole: topology.complete && !isFailing(info) }
}
