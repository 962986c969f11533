import type { Redis } from 'ioredis'
import type { LinkTarget } from '#core/environments/ports.ts'
import type { Cost, Health, Rights } from '#shared/contract/connections.ts'
import { addressOf } from '#shared/domain/redis-url.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { Allowance } from './allowance.ts'
import { ChangesSession } from './changes-session.ts'
import { ConnectError } from './connect-error.ts'
import type { Tunnel } from './dial.ts'
import { consoleErrorOf, failureOf, type Failure } from './failure.ts'
import { finderOf, type Finder } from './finder.ts'
import { HealthState } from './health-state.ts'
import { LatencyWatch } from './latency-watch.ts'
import { limitOf } from './limits.ts'
import { unknownRights, type ProbeRights, type RedisLink, type Urgency } from './link.ts'
import { lookAt, type Look } from './look.ts'
import { Pulse } from './pulse.ts'
import { Retrier } from './retrier.ts'
import { sendCommands, type PipelineCommand } from './send-commands.ts'
import { parseServerInfo, type ServerInfo } from './server-info.ts'
import { Session } from './session.ts'
import { unlessSilent } from './silence.ts'
import { unmetered } from './unmetered.ts'

const pingEvery = 1000
/** A PING unanswered this long means the peer is gone; a script may block Redis for some seconds. */
const defaultPingTimeout = 10_000
/** After a sleep most connections are dead, and an answer comes soon or never. */
const wakePatience = 2000
/** A reading that hears nothing for so long fails; the connection may yet turn out to be alive. */
const defaultPatience = 3000
const infoEvery = 10_000
const firstWordPatience = 2000
/** A connection lost sooner counts as one more failure of connecting. */
const steadyAfter = 5000

export interface ConnectionOptions {
  /** The way through SSH, opened at each connect; left out, there is none. */
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
 * The connections to one server: one for reads, and one for changes that is opened when the first
 * change is made. Reports its health, and comes back by itself until it is disconnected.
 */
export class RedisConnection implements RedisLink {
  readonly environment: string
  readonly address: string
  readonly clustered = false
  readonly #target: LinkTarget
  readonly #options: ConnectionOptions
  readonly #pingTimeout: number
  readonly #patience: number
  readonly #allowance: Allowance
  readonly #health: HealthState
  readonly #retrier: Retrier
  readonly #pulse: Pulse
  readonly #changes: ChangesSession
  #latencies = new LatencyWatch()
  #tunnel: Tunnel | null = null
  #finder: Finder
  #watch: ReturnType<NonNullable<Finder['watch']>> | undefined
  #session: Session | null = null
  #looking: Session | null = null
  #infoReadAt = 0
  #info: ServerInfo | null = null
  #rights = unknownRights
  /** The session and role rights were last asked for. */
  #probed: { session: Session; role: Rights['role'] } | null = null

  /** `target` must not be a cluster. */
  constructor(target: LinkTarget, options: ConnectionOptions = {}) {
    this.environment = target.environment
    this.address = addressOf(target.profile)
    this.#target = target
    this.#options = options
    this.#pingTimeout = options.pingTimeout ?? defaultPingTimeout
    this.#patience = options.patience ?? defaultPatience
    this.#health = new HealthState(target.environment)
    this.#allowance = options.allowance ?? unmetered(target.profile.budget)
    this.#health.onChange((health) => this.#allowance.follow(health))
    this.#finder = finderOf(target, null)
    this.#retrier = new Retrier({
      attempt: (signal) => this.#open(signal),
      began: () => this.#health.apply({ type: 'trying' }),
      failed: ({ reason, refused }, nextTryAt) =>
        this.#health.apply({ type: 'lost', reason, refused, nextTryAt }),
    })
    this.#pulse = new Pulse({
      every: pingEvery,
      beat: () => void this.#beat(),
      slept: () => this.wake(),
    })
    this.#changes = new ChangesSession((place, signal) => this.#openSession(place, signal))
  }

  health(): Health {
    return this.#health.current()
  }

  rights(): Rights {
    return this.#rights
  }

  cost(): Cost {
    return this.#allowance.cost()
  }

  onHealth(listener: (health: Health) => void): () => void {
    return this.#health.onChange(listener)
  }

  role(): 'primary' | 'replica' | null {
    return this.#info?.role ?? null
  }

  connect(): void {
    if (this.#session !== null) return
    if (this.#health.current().state === 'offline') this.#begin()
    this.#health.apply({ type: 'connecting' })
    this.#retrier.now()
  }

  async disconnect(): Promise<void> {
    const session = this.#session
    this.#session = null
    this.#probed = null
    this.#pulse.stop()
    this.#health.apply({ type: 'disconnected' })
    const [watch, tunnel] = [this.#watch, this.#tunnel]
    this.#watch = undefined
    this.#tunnel = null
    await Promise.all([
      this.#retrier.stop(),
      session?.close(),
      this.#changes.close(),
      watch?.stop(),
    ])
    await tunnel?.close()
  }

  async close(): Promise<void> {
    const ended = this.disconnect()
    this.#health.close()
    this.#allowance.close()
    await ended
  }

  wake(): void {
    if (this.#health.current().state === 'offline') return
    const session = this.#session
    if (session === null) this.#retrier.anew()
    else void this.#look(session, { patience: wakePatience, info: true })
  }

  async pipeline(
    commands: readonly PipelineCommand[],
    urgency: Urgency = 'interactive',
  ): Promise<unknown[]> {
    if (commands.length === 0) return []
    const admitted = this.#allowance.admit(commands.length, urgency)
    if (admitted !== undefined) await admitted
    return this.#read(async (redis) => {
      const replies = await sendCommands(redis, commands)
      for (const reply of replies) {
        if (!(reply instanceof Error)) continue
        const { reason } = failureOf(reply)
        if (reason !== 'unknown' && reason !== 'permission') throw reply
      }
      return replies
    })
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
    const session = await this.#ready()
    try {
      return await this.#changes.on(session.place)
    } catch (error) {
      throw this.#unreachable(error)
    }
  }

  consoleError(error: unknown): unknown {
    // What the server can do has changed since INFO: told at once, not within ten seconds.
    if (error instanceof Error && /^(READONLY|OOM) /.test(error.message)) this.#refresh()
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

  /** The open session; a start asks before Redis had time to answer, so the first try may end first. */
  async #ready(): Promise<Session> {
    if (this.#health.current().state === 'connecting') await this.#firstWord()
    if (this.#session === null) throw this.#unreachable(null)
    return this.#session
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
      reason: reason ?? (state === 'offline' ? 'disconnected' : 'unknown'),
    })
  }

  /** What lasts over all tries until it is disconnected. */
  #begin(): void {
    this.#tunnel = this.#options.openTunnel?.() ?? null
    this.#finder = finderOf(this.#target, this.#tunnel)
    this.#watch = this.#finder.watch?.(() => void this.#follow())
    this.#pulse.start()
  }

  #openSession(place: Session['place'], signal: AbortSignal): Promise<Session> {
    return Session.open({
      target: this.#target,
      place,
      tunnel: this.#tunnel,
      created: (redis) => this.#allowance.meter(redis),
      signal,
    })
  }

  /** One try: finds the server, connects, and hears how it is. */
  async #open(signal: AbortSignal): Promise<void> {
    const place = await this.#finder.find(signal)
    const session = await this.#openSession(place, signal)
    const abort = () => void session.close()
    signal.addEventListener('abort', abort, { once: true })
    try {
      const look = await lookAt(session.redis, { patience: this.#pingTimeout, info: true })
      signal.throwIfAborted()
      this.#takeInfo(session, look)
      this.#expectPrimary()
      this.#serve(session, look)
    } catch (error) {
      await session.close()
      throw error
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  #serve(session: Session, look: Look): void {
    this.#changes.keepTo(session.place)
    this.#session = session
    this.#latencies = new LatencyWatch()
    this.#assess(session, look)
    session.onEnd((failure) => this.#lose(session, failure))
  }

  async #beat(): Promise<void> {
    const session = this.#session
    // One that is still waited for is not asked twice.
    if (session === null || this.#looking === session) return
    this.#looking = session
    const info = Date.now() - this.#infoReadAt >= infoEvery
    await this.#look(session, { patience: this.#pingTimeout, info })
    if (this.#looking === session) this.#looking = null
  }

  async #look(session: Session, options: { patience: number; info: boolean }): Promise<void> {
    try {
      const look = await lookAt(session.redis, options)
      if (this.#session !== session) return
      this.#takeInfo(session, look)
      this.#expectPrimary()
      this.#assess(session, look)
    } catch (error) {
      this.#lose(session, failureOf(error))
    }
  }

  #refresh(): void {
    const session = this.#session
    if (session !== null) void this.#look(session, { patience: this.#pingTimeout, info: true })
  }

  #takeInfo(session: Session, { info }: Look): void {
    if (info === undefined) return
    this.#infoReadAt = Date.now()
    this.#allowance.told(session.server, info)
    this.#info = info === null ? null : parseServerInfo(info)
  }

  /** Sentinels name a primary; one that was demoted must be left at once. */
  #expectPrimary(): void {
    if (this.#finder.primaryOnly && this.#info?.role === 'replica') {
      throw new ConnectError('role', 'no-primary')
    }
  }

  #assess(session: Session, { latency, state }: Look): void {
    const { server } = session
    if (state === 'loading') {
      this.#health.apply({ type: 'loading', server })
      return
    }
    this.#allowance.observe(latency)
    if (state === 'serving') this.#latencies.observe(latency)
    const limit = limitOf(this.#info, { busy: state === 'busy', slow: this.#latencies.slow })
    const version = this.#info?.version ?? null
    this.#health.apply({ type: 'answered', latency, limit, server, version })
    if (state === 'serving') void this.#probe(session)
  }

  /** After each connect and change of role. */
  async #probe(session: Session): Promise<void> {
    const { probeRights } = this.#options
    const role = this.role()
    if (probeRights === undefined) return
    if (this.#probed?.session === session && this.#probed.role === role) return
    const probed = { session, role }
    this.#probed = probed
    const { prefixes } = this.#target.profile
    const another = async () =>
      (await this.#openSession(session.place, AbortSignal.timeout(this.#pingTimeout))).redis
    const rights = await probeRights(session.redis, { prefixes, role, another }).catch(() => null)
    if (this.#probed !== probed) return
    this.#rights = rights ?? { ...unknownRights, role }
    this.#health.tell()
  }

  /** The server may be another one now. */
  async #follow(): Promise<void> {
    const session = this.#session
    if (session === null) {
      if (this.#health.current().state === 'reconnecting') this.#retrier.now()
      return
    }
    const signal = AbortSignal.timeout(this.#pingTimeout)
    // Not to be found just now: the session is kept until it fails by itself.
    const place = await this.#finder.find(signal).catch(() => session.place)
    if (JSON.stringify(place) === JSON.stringify(session.place)) return
    this.#lose(session, { reason: 'no-primary', refused: false })
    this.#retrier.now()
  }

  #lose(session: Session, failure: Failure): void {
    if (this.#session !== session) return
    this.#session = null
    this.#probed = null
    if (performance.now() - session.openedAt > steadyAfter) this.#retrier.steady()
    // Told before its sockets close, so that what waited on it fails for this reason.
    this.#retrier.later(failure)
    void session.close()
  }
}
