import type { Redis } from 'ioredis'
import type { LinkTarget } from '#core/environments/ports.ts'
import type { Cost, Health, Rights } from '#shared/contract/connections.ts'
import { addressOf } from '#shared/domain/redis-url.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { Allowance } from './allowance.ts'
import { BulkSession } from './bulk-session.ts'
import { ChangesSession } from './changes-session.ts'
import { ExtraSessions } from './extra-sessions.ts'
import { consoleErrorOf, failureOf, isPermissionReply } from './failure.ts'
import { HealthState } from './health-state.ts'
import type { ProbeRights, RedisLink, Urgency } from './link.ts'
import { noReplies, type PackedReplies } from './packed-replies.ts'
import { sendCommands, type PipelineCommand } from './send-commands.ts'
import { SessionKeeper } from './session-keeper.ts'
import type { Session } from './session.ts'
import { unlessSilent } from './silence.ts'
import type { Tunnel } from './transport.ts'
import { unmetered } from './unmetered.ts'

/** A reading that hears nothing for so long fails; the connection may yet turn out to be alive. */
const defaultPatience = 3000
const firstWordPatience = 2000

export interface ConnectionOptions {
  /** The way through SSH, opened anew after each disconnect; left out, there is none. */
  openTunnel?: (() => Tunnel) | undefined
  /** Left out, rights stay unknown. */
  probeRights?: ProbeRights | undefined
  /** Left out, nothing is counted or held back. */
  allowance?: Allowance | undefined
  /** Milliseconds without a sign of life after which the server counts as gone. */
  pingTimeout?: number | undefined
  /** Milliseconds of silence after which a reading fails. */
  patience?: number | undefined
}

/**
 * The connections to one server: one for reads, one for changes that is opened when the first change is
 * made, and those that wait for what happens. Reports its health, and comes back by itself until it is disconnected.
 */
export class RedisConnection implements RedisLink {
  readonly environment: string
  readonly address: string
  readonly clustered = false
  readonly #patience: number
  readonly #allowance: Allowance
  readonly #health: HealthState
  readonly #keeper: SessionKeeper
  readonly #changes: ChangesSession
  readonly #extra: ExtraSessions
  readonly #bulk: BulkSession

  /** `target` must not be a cluster. */
  constructor(target: LinkTarget, options: ConnectionOptions = {}) {
    const allowance = options.allowance ?? unmetered(target.profile.budget)
    const health = new HealthState(target.environment)
    this.environment = target.environment
    this.address = addressOf(target.profile)
    this.#patience = options.patience ?? defaultPatience
    this.#allowance = allowance
    this.#health = health
    this.#health.onChange((now) => allowance.follow(now))
    this.#keeper = new SessionKeeper({
      ...options,
      target,
      health,
      allowance,
      opened: ({ place }) => {
        this.#changes.keepTo(place)
        this.#extra.keepTo(place)
      },
    })
    this.#changes = new ChangesSession((place, signal) => this.#keeper.open(place, signal))
    this.#extra = new ExtraSessions((place, signal) => this.#keeper.open(place, signal))
    this.#bulk = new BulkSession(() => this.blocking(), this.#patience)
  }

  health(): Health {
    return this.#health.current()
  }

  rights(): Rights {
    return this.#keeper.rights
  }

  cost(): Cost {
    return this.#allowance.cost()
  }

  onHealth(listener: (health: Health) => void): () => void {
    return this.#health.onChange(listener)
  }

  role(): 'primary' | 'replica' | null {
    return this.#keeper.role
  }

  connect(): void {
    this.#keeper.start()
  }

  async disconnect(): Promise<void> {
    await this.#keeper.stop(Promise.all([this.#changes.close(), this.#extra.close()]))
  }

  async close(): Promise<void> {
    const ended = this.disconnect()
    this.#health.close()
    this.#allowance.close()
    await ended
  }

  wake(): void {
    this.#keeper.wake()
  }

  async pipeline(
    commands: readonly PipelineCommand[],
    urgency: Urgency = 'interactive',
  ): Promise<unknown[]> {
    if (commands.length === 0) return []
    const admitted = this.#allowance.admit(commands.length, urgency)
    if (admitted !== undefined) await admitted
    return this.#read(async (redis) => this.#told(await sendCommands(redis, commands)))
  }

  async bulk(commands: readonly PipelineCommand[]): Promise<unknown[]> {
    if (commands.length === 0) return []
    const admitted = this.#allowance.admit(commands.length, 'background')
    if (admitted !== undefined) await admitted
    for (const [name] of commands) this.#allowance.sent(name)
    try {
      return this.#told(await this.#bulk.send(commands))
    } catch (error) {
      throw this.consoleError(error)
    }
  }

  async packed(
    name: string,
    keys: readonly string[],
    rest: readonly string[],
  ): Promise<PackedReplies> {
    if (keys.length === 0) return noReplies
    const admitted = this.#allowance.admit(keys.length, 'background')
    if (admitted !== undefined) await admitted
    for (let index = 0; index < keys.length; index += 1) this.#allowance.sent(name)
    try {
      const replies = await this.#bulk.sendPacked(name, keys, rest)
      this.#told(replies.refused)
      return replies
    } catch (error) {
      throw this.consoleError(error)
    }
  }

  /** Replies; throws what no single command was refused with. */
  #told(replies: unknown[]): unknown[] {
    for (const reply of replies) {
      if (!(reply instanceof Error)) continue
      const { reason } = failureOf(reply)
      if (isPermissionReply(reply)) this.#keeper.doubtRights()
      if (reason !== 'unknown' && reason !== 'permission') throw reply
    }
    return replies
  }

  async room(urgency: Urgency): Promise<void> {
    const admitted = this.#allowance.admit(0, urgency)
    if (admitted !== undefined) await admitted
  }

  /**
   * A silence of three seconds fails with the reason `timeout`; large answers take as long as their bytes
   * keep coming.
   */
  run<Result>(_key: string, read: (redis: Redis) => Promise<Result>): Promise<Result> {
    return this.#read(read)
  }

  async mutations(): Promise<Redis> {
    const { place } = await this.#ready()
    try {
      return await this.#changes.on(place)
    } catch (error) {
      throw this.#unreachable(error)
    }
  }

  async blocking(): Promise<Redis> {
    const { place } = await this.#ready()
    try {
      return await this.#extra.at(place)
    } catch (error) {
      throw this.#unreachable(error)
    }
  }

  consoleError(error: unknown): unknown {
    // What the server can do has changed since it last told: seen at once, not within ten seconds.
    if (error instanceof Error && /^(READONLY|OOM) /.test(error.message)) this.#keeper.refresh()
    if (isPermissionReply(error)) this.#keeper.doubtRights()
    return consoleErrorOf(error, this.environment, this.#health.current().reason)
  }

  async #read<Result>(read: (redis: Redis) => Promise<Result>): Promise<Result> {
    const { redis } = await this.#ready()
    try {
      return await unlessSilent(redis, this.#patience, read(redis))
    } catch (error) {
      throw this.consoleError(error)
    }
  }

  /** The open session. A start asks before Redis had time to answer: the first try may end first. */
  async #ready(): Promise<Session> {
    if (this.#health.current().state === 'connecting') await this.#firstWord()
    const { session } = this.#keeper
    if (session === null) throw this.#unreachable(null)
    return session
  }

  async #firstWord(): Promise<void> {
    await new Promise<void>((resolve) => {
      const settle = () => {
        clearTimeout(timer)
        stop()
        resolve()
      }
      const timer = setTimeout(settle, firstWordPatience)
      const stop = this.#health.onChange(({ state }) => {
        if (state !== 'connecting') settle()
      })
    })
  }

  /** Whatever kept a connection from opening: the environment cannot be reached. */
  #unreachable(error: unknown): ConsoleError {
    const known = this.consoleError(error)
    if (known instanceof ConsoleError) return known
    const { environment } = this
    const { state, reason } = this.#health.current()
    return new ConsoleError('ENVIRONMENT_UNREACHABLE', {
      environment,
      reason: reason ?? (state === 'offline' ? 'disconnected' : 'timeout'),
    })
  }
}
