import type { Redis } from 'ioredis'
import type { Cost, Health, Rights } from '#shared/contract/connections.ts'
import type { Endpoint } from '#shared/contract/profiles.ts'
import { place } from '#shared/domain/redis-url.ts'
import { ConsoleError, isConsoleError } from '#shared/errors.ts'
import type { Allowance } from '../allowance.ts'
import { consoleErrorOf } from '../failure.ts'
import { initialHealth } from '../health-state.ts'
import type { RedisLink, Urgency } from '../link.ts'
import type { PipelineCommand } from '../send-commands.ts'
import { clusterStateOf, type ClusterState } from './cluster-health.ts'
import { ClusterMap } from './cluster-map.ts'
import { ClusterNodes, type ClusterNode } from './cluster-nodes.ts'
import { sendByNode, Unserved } from './cluster-pipeline.ts'
import { rightsOfAll } from './cluster-rights.ts'
import { slotOf } from './key-slot.ts'
import { redirectionOf } from './redirection.ts'

/** A start asks before the cluster had time to tell. */
const firstWordPatience = 3000

export interface ClusterLinkOptions {
  environment: string
  address: string
  /** Where to ask first. */
  seeds: readonly Endpoint[]
  /** A link to one node, which tells this allowance of no health and does not close it. */
  openNode: (endpoint: Endpoint) => RedisLink
  allowance: Allowance
  /** Called when all nodes are left. */
  disconnected?: () => Promise<void>
}

/**
 * A cluster as one link: a link to each master, and commands sent to the one that has their key.
 *
 * Not ioredis' `Cluster`: it opens a connection of its own for each look at the slots and one for
 * subscriptions, sends a command again by itself after a redirection or a lost connection, be it a
 * reading or a change, and its sockets cannot be asked for their health one by one.
 */
export class ClusterLink implements RedisLink {
  readonly environment: string
  readonly address: string
  readonly clustered = true
  readonly #options: ClusterLinkOptions
  readonly #nodes: ClusterNodes
  readonly #map: ClusterMap
  readonly #listeners = new Set<(health: Health) => void>()
  #health: Health
  #connected = false

  constructor(options: ClusterLinkOptions) {
    this.environment = options.environment
    this.address = options.address
    this.#options = options
    this.#health = initialHealth(options.environment, Date.now())
    this.#nodes = new ClusterNodes(options.openNode, () => {
      this.#map.attend()
      this.#assess()
    })
    this.#map = new ClusterMap(this.#nodes, options.seeds, () => this.#assess())
  }

  health(): Health {
    return this.#health
  }

  rights(): Rights {
    const rights = rightsOfAll(this.#serving().map(({ link }) => link.rights()))
    return { ...rights, role: this.role() }
  }

  cost(): Cost {
    return this.#options.allowance.cost()
  }

  role(): 'primary' | null {
    return this.#map.topology === null ? null : 'primary'
  }

  onHealth(listener: (health: Health) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  connect(): void {
    if (this.#connected) {
      for (const { link } of this.#nodes.all()) link.connect()
      return
    }
    this.#connected = true
    this.#map.start()
    this.#assess()
  }

  async disconnect(): Promise<void> {
    this.#connected = false
    this.#map.stop()
    const closed = this.#nodes.close()
    this.#assess()
    await closed
    await this.#options.disconnected?.()
  }

  wake(): void {
    for (const { link } of this.#nodes.all()) link.wake()
    if (this.#connected) void this.#map.look()
  }

  async close(): Promise<void> {
    const ended = this.disconnect()
    this.#listeners.clear()
    this.#options.allowance.close()
    await ended
  }

  async room(urgency: Urgency): Promise<void> {
    const admitted = this.#options.allowance.admit(0, urgency)
    if (admitted !== undefined) await admitted
  }

  async pipeline(
    commands: readonly PipelineCommand[],
    urgency: Urgency = 'interactive',
  ): Promise<unknown[]> {
    if (commands.length === 0) return []
    await this.#firstWord()
    const asked = commands.map((command) => ({ command, ask: null as Endpoint | null }))
    const replies = await sendByNode(asked, this.#routes, urgency)
    const unserved = replies.flatMap((reply, index) =>
      reply instanceof Unserved ? [{ reply, index }] : [],
    )
    if (unserved.length === 0) return replies
    await this.#learn(unserved.map(({ reply }) => reply))
    const again = unserved.map(({ reply, index }) => ({
      command: commands[index] ?? (['ping'] as const),
      ask: reply.ask,
    }))
    const second = await sendByNode(again, this.#routes, urgency)
    for (const [at, { index }] of unserved.entries()) {
      const reply = second[at]
      if (reply instanceof Unserved) throw this.#unreachable(reply.error)
      replies[index] = reply
    }
    return replies
  }

  bulk(commands: readonly PipelineCommand[]): Promise<unknown[]> {
    return this.pipeline(commands, 'background')
  }

  async packed(): Promise<null> {
    return null
  }

  async run<Result>(key: string, read: (redis: Redis) => Promise<Result>): Promise<Result> {
    await this.#firstWord()
    const node = this.#nodeOf(key)
    try {
      if (node === null) throw new Error('CLUSTERDOWN Hash slot not served')
      return await node.link.run(key, read)
    } catch (error) {
      if (!isUnserved(error)) throw this.consoleError(error)
      await this.#learn([new Unserved(error, node?.endpoint ?? null)])
      const other = this.#nodeOf(key)
      if (other === null) throw this.#unreachable(error)
      return other.link.run(key, read).catch((failure: unknown) => {
        throw this.consoleError(failure)
      })
    }
  }

  async mutations(key: string): Promise<Redis> {
    await this.#firstWord()
    const node = this.#nodeOf(key)
    if (node === null) throw this.#unreachable(null)
    return node.link.mutations(key)
  }

  async blocking(key: string): Promise<Redis> {
    await this.#firstWord()
    const node = this.#nodeOf(key)
    if (node === null) throw this.#unreachable(null)
    return node.link.blocking(key)
  }

  consoleError(error: unknown): unknown {
    if (redirectionOf(error) === null) {
      return consoleErrorOf(error, this.environment, this.#health.reason)
    }
    void this.#map.look()
    return this.#unreachable(error)
  }

  readonly #routes = {
    masters: () => this.#map.topology?.masters ?? [],
    masterOf: (slot: number) => this.#map.topology?.masterOf(slot) ?? null,
    linkTo: (endpoint: Endpoint) => this.#nodes.at(endpoint)?.link ?? null,
  }

  #nodeOf(key: string): ClusterNode | null {
    const master = this.#routes.masterOf(slotOf(key))
    return master === null ? null : this.#nodes.at(master)
  }

  /** Finds out what has changed, by what was not served. @throws ConsoleError where nothing has. */
  async #learn(unserved: readonly Unserved[]): Promise<void> {
    const before = new Set(this.#routes.masters().map(place))
    if (unserved.some(({ down }) => down)) this.#map.doubt()
    await this.#map.look(unserved.find(({ redirected }) => redirected)?.node ?? undefined)
    for (const { ask } of unserved) if (ask !== null) this.#nodes.add([ask])
    const after = new Set(this.#routes.masters().map(place))
    const lost = unserved.find(
      ({ redirected, node }) =>
        !redirected && node !== null && before.has(place(node)) && after.has(place(node)),
    )
    // It would only be waited for a second time.
    if (lost !== undefined) throw this.#unreachable(lost.error)
  }

  #unreachable(error: unknown): ConsoleError {
    const { environment } = this
    const { state, reason } = this.#health
    const told = isConsoleError(error) && error.code === 'ENVIRONMENT_UNREACHABLE'
    const own = state === 'offline' ? (reason ?? 'disconnected') : reason
    const reasonTold = told ? (error as ConsoleError<'ENVIRONMENT_UNREACHABLE'>).data.reason : null
    return new ConsoleError('ENVIRONMENT_UNREACHABLE', {
      environment,
      reason: own ?? reasonTold ?? 'cluster-down',
    })
  }

  async #firstWord(): Promise<void> {
    if (this.#health.state === 'offline') throw this.#unreachable(null)
    if (this.#health.state !== 'connecting') return
    await new Promise<void>((resolve) => {
      const settle = () => {
        clearTimeout(timer)
        stop()
        resolve()
      }
      const timer = setTimeout(settle, firstWordPatience)
      const stop = this.onHealth(({ state }) => {
        if (state !== 'connecting') settle()
      })
    })
  }

  /** The masters, or all that are asked while nobody knows them. */
  #serving(): ClusterNode[] {
    const { topology } = this.#map
    if (topology === null) return this.#nodes.all()
    return topology.masters.map((master) => this.#nodes.at(master)).filter((node) => node !== null)
  }

  #stateOf(nodes: readonly Health[]): ClusterState {
    const { topology, agreed, problem, nextLookAt } = this.#map
    const complete = topology?.complete ?? null
    const next = clusterStateOf({ nodes, complete, agreed, problem, nextLookAt })
    // A master that has only just been found changes nothing yet, neither for better nor for worse.
    const begun = this.#health.state !== 'offline' && this.#health.state !== 'connecting'
    return next.state === 'connecting' && topology !== null && begun ? this.#health : next
  }

  #assess(): void {
    const before = this.#health
    const nodes = this.#serving().map(({ link }) => link.health())
    const next = this.#connected
      ? this.#stateOf(nodes)
      : ({ state: 'offline', reason: 'disconnected', nextTryAt: null } as const)
    const answers = nodes.some(({ server }) => server !== null) && next.state !== 'offline'
    const same = before.state === next.state && before.reason === next.reason
    this.#health = {
      ...before,
      state: next.state,
      reason: next.reason,
      nextTryAt: next.nextTryAt,
      since: same ? before.since : Date.now(),
      lastAnswerAt: greatest([before.lastAnswerAt, ...nodes.map((node) => node.lastAnswerAt)]),
      latency: answers ? greatest(nodes.map(({ latency }) => latency)) : null,
      redisVersion: nodes.find((node) => node.redisVersion)?.redisVersion ?? before.redisVersion,
      server: answers ? nodes.flatMap(({ server }) => server ?? []).join(', ') : null,
    }
    this.#options.allowance.follow(this.#health)
    for (const listener of this.#listeners) listener(this.#health)
  }
}

function isUnserved(error: unknown): boolean {
  if (redirectionOf(error) !== null) return true
  return isConsoleError(error) && error.code === 'ENVIRONMENT_UNREACHABLE'
}

function greatest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}
