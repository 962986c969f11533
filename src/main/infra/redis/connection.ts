import { Redis } from 'ioredis'
import type { EnvironmentLink } from '#core/environments/ports.ts'
import type { ConnectionReason, Health } from '#shared/contract/environments.ts'
import { ConsoleError } from '#shared/errors.ts'
import { redisAddress } from './address.ts'
import { reconnectDelay } from './backoff.ts'
import { consoleErrorOf, failureOf, type Failure } from './failure.ts'
import { HealthState } from './health-state.ts'
import { sendCommands, type PipelineCommand } from './send-commands.ts'
import { parseServerInfo } from './server-info.ts'
import { unlessSilent } from './silence.ts'

const pingEvery = 1000
/** A PING unanswered this long means the peer is gone; a script may block Redis for some seconds. */
const defaultPingTimeout = 10_000
/** A reading that hears nothing for so long fails; the connection may yet turn out to be alive. */
const defaultPatience = 3000
const infoEvery = 60_000
const firstWordPatience = 2000

/**
 * The connections to one environment: one for reads, and one for changes that is opened when the
 * first change is made. Opens by itself, reports its health, comes back by itself.
 */
export class RedisConnection implements EnvironmentLink {
  readonly address: string
  readonly environment: string
  readonly #url: string
  readonly #pingTimeout: number
  readonly #patience: number
  readonly #health: HealthState
  readonly #commands: Redis
  #mutations: Redis | null = null
  #failure: Failure | null = null
  #pingTimer: NodeJS.Timeout | null = null
  #pingSentAt: number | null = null
  #infoReadAt = 0
  #role: 'primary' | 'replica' | null = null

  /** Throws `TypeError` (without the URL) when `url` is not a Redis URL; never because of Redis. */
  constructor(options: {
    environment: string
    url: string
    pingTimeout?: number
    patience?: number
  }) {
    this.address = redisAddress(options.url)
    this.environment = options.environment
    this.#url = options.url
    this.#pingTimeout = options.pingTimeout ?? defaultPingTimeout
    this.#patience = options.patience ?? defaultPatience
    this.#health = new HealthState(options.environment)
    this.#commands = this.#open()
    this.#follow(this.#commands)
  }

  health(): Health {
    return this.#health.current()
  }

  onHealth(listener: (health: Health) => void): () => void {
    return this.#health.onChange(listener)
  }

  /** From INFO; null when Redis will not tell. */
  role(): 'primary' | 'replica' | null {
    return this.#role
  }

  /**
   * Runs reads; failures of Redis leave as ENVIRONMENT_UNREACHABLE or PERMISSION_DENIED. So does a silence
   * of three seconds, with the reason `timeout`; large answers take as long as their bytes keep coming.
   */
  async run<Result>(read: (redis: Redis) => Promise<Result>): Promise<Result> {
    await this.#firstWord()
    try {
      return await unlessSilent(this.#commands, this.#patience, read(this.#commands))
    } catch (error) {
      throw this.consoleError(error)
    }
  }

  /**
   * Sends commands in one round trip. A reply is an Error where Redis refused that one command;
   * when the connection itself failed the whole call throws ENVIRONMENT_UNREACHABLE.
   */
  async pipeline(commands: readonly PipelineCommand[]): Promise<unknown[]> {
    if (commands.length === 0) return []
    return this.run(async (redis) => {
      const replies = await sendCommands(redis, commands)
      for (const reply of replies) {
        if (!(reply instanceof Error)) continue
        const { reason } = failureOf(reply)
        if (reason !== 'unknown' && reason !== 'permission') throw reply
      }
      return replies
    })
  }

  /**
   * The connection for changes: separate, so that a slow change never delays a reading. Resolves when
   * it is ready, else throws ENVIRONMENT_UNREACHABLE. Nothing sent on it is ever sent twice.
   */
  async mutations(): Promise<Redis> {
    this.#mutations ??= this.#open().on('error', () => {})
    const redis = this.#mutations
    if (redis.status === 'ready') return redis
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: unknown) => {
        clearTimeout(timer)
        redis.off('ready', ready).off('error', settle).off('end', ended)
        if (error === undefined) resolve()
        else reject(this.#unreachable(error))
      }
      const ready = () => settle()
      const ended = () => settle(new Error('Connection is closed'))
      const timer = setTimeout(() => settle(new Error('timed out')), 5000)
      redis.on('ready', ready).on('error', settle).on('end', ended)
    })
    return redis
  }

  /** Maps a failure of Redis to the catalogue; anything else comes back unchanged. */
  consoleError(error: unknown): unknown {
    return consoleErrorOf(error, this.environment, this.#health.current().reason)
  }

  /** Whatever kept a connection from opening: the environment cannot be reached. */
  #unreachable(error: unknown): ConsoleError {
    const known = this.consoleError(error)
    if (known instanceof ConsoleError) return known
    const { environment } = this
    return new ConsoleError('ENVIRONMENT_UNREACHABLE', { environment, reason: 'unknown' })
  }

  async close(): Promise<void> {
    if (this.#pingTimer !== null) clearInterval(this.#pingTimer)
    this.#pingTimer = null
    this.#health.close()
    await Promise.all([this.#commands, this.#mutations].map(ended))
  }

  /** A start asks before Redis had time to answer: gives the first try a moment to end. */
  async #firstWord(): Promise<void> {
    if (this.#health.current().state !== 'connecting' || this.#pingTimer === null) return
    await new Promise<void>((resolve) => {
      const settle = () => {
        clearTimeout(timer)
        stop()
        resolve()
      }
      const timer = setTimeout(settle, firstWordPatience)
      const stop = this.#health.onChange(settle)
    })
  }

  #open(): Redis {
    const redis = new Redis(this.#url, {
      protocol: 2,
      family: 0,
      connectionName: 'vigie',
      disableClientInfo: true,
      enableOfflineQueue: false,
      // Loading is found by PING instead, so that it can be told.
      enableReadyCheck: false,
      // What was under way when the connection broke fails at once and is not sent again.
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      connectTimeout: 10_000,
      disconnectTimeout: 500,
      retryStrategy: (attempt) => reconnectDelay(attempt, this.#failure?.refused === true),
    })
    // ioredis goes on in database 0 when SELECT fails: the wrong data.
    redis.on('error', (error: Error & { command?: { name: string } }) => {
      if (error.command?.name === 'select') redis.disconnect(true)
    })
    return redis
  }

  #follow(redis: Redis): void {
    redis.on('error', (error: Error & { command?: { name: string } }) => {
      const { reason, refused } = failureOf(error)
      this.#failure = { reason, refused: refused || error.command?.name === 'select' }
    })
    redis.on('ready', () => {
      if (this.#failure?.refused !== true) this.#failure = null
      this.#infoReadAt = 0
      this.#pingSentAt = null
      void this.#ping()
    })
    redis.on('reconnecting', (delay: number) => {
      const { reason, refused } = this.#failure ?? { reason: 'closed' as const, refused: false }
      this.#health.lost(reason, refused, Date.now() + delay)
    })
    redis.on('connecting', () => {
      this.#pingSentAt = null
      if (this.#failure?.refused !== true) this.#failure = null
    })
    this.#pingTimer = setInterval(() => void this.#ping(), pingEvery)
  }

  async #ping(): Promise<void> {
    const redis = this.#commands
    if (redis.status !== 'ready') return
    if (this.#pingSentAt !== null) {
      if (performance.now() - this.#pingSentAt < this.#pingTimeout) return
      this.#failure = { reason: 'timeout', refused: false }
      redis.disconnect(true)
      return
    }
    const sentAt = performance.now()
    this.#pingSentAt = sentAt
    try {
      await redis.ping()
    } catch (error) {
      if (this.#pingSentAt !== sentAt) return
      this.#pingSentAt = null
      const failure = failureOf(error)
      // A user who may not PING is answered all the same.
      if (failure.reason !== 'permission') {
        this.#pingFailed(failure.reason, failure.refused)
        return
      }
    }
    if (this.#pingSentAt !== null && this.#pingSentAt !== sentAt) return
    this.#pingSentAt = null
    this.#failure = null
    const latency = performance.now() - sentAt
    if (Date.now() - this.#infoReadAt > infoEvery) await this.#readInfo(redis)
    this.#health.answered(latency)
  }

  /** Redis answers but cannot serve: loading, busy with a script, or no password was given. */
  #pingFailed(reason: ConnectionReason, refused: boolean): void {
    // A closing connection is told by its own event, with the next try.
    if (reason === 'closed' || this.#commands.status !== 'ready') return
    this.#health.lost(reason, refused, Date.now() + pingEvery)
  }

  async #readInfo(redis: Redis): Promise<void> {
    this.#infoReadAt = Date.now()
    try {
      const info = parseServerInfo(await redis.info())
      this.#role = info.role
      this.#health.version(info.version)
    } catch {
      this.#role = null
    }
  }
}

/** Disconnects for good; resolves when the socket is gone. */
async function ended(redis: Redis | null): Promise<void> {
  if (redis === null) return
  const open = ['connecting', 'connect', 'ready'].includes(redis.status)
  const gone = new Promise<void>((resolve) => redis.once('end', () => resolve()))
  redis.disconnect()
  // Between two tries there is no socket, and ioredis never says `end`.
  if (open) await gone
}
