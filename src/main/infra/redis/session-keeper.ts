import type { LinkTarget } from '#core/environments/ports.ts'
import type { Rights } from '#shared/contract/connections.ts'
import type { Allowance } from './allowance.ts'
import { Assessment } from './assessment.ts'
import { ConnectError } from './connect-error.ts'
import { failureOf, type Failure } from './failure.ts'
import { finderOf, type Finder } from './finder.ts'
import type { HealthState } from './health-state.ts'
import type { ProbeRights } from './link.ts'
import { lookAt, type Look } from './look.ts'
import { Pulse } from './pulse.ts'
import { Retrier } from './retrier.ts'
import { RightsOfSession } from './rights-of-session.ts'
import { Session } from './session.ts'
import type { Place, Tunnel } from './transport.ts'

const pingEvery = 1000
/** A PING unanswered this long means the peer is gone; a script may block Redis for some seconds. */
const defaultPingTimeout = 10_000
/** A PING unanswered this long is slow, whatever comes of it. */
const silentAfter = 2000
/** After a sleep most connections are dead, and an answer comes soon or never. */
const wakePatience = 2000
const infoEvery = 10_000
/** A connection lost sooner counts as one more failure of connecting. */
const steadyAfter = 5000

export interface KeeperOptions {
  target: LinkTarget
  health: HealthState
  allowance: Allowance
  openTunnel?: (() => Tunnel) | undefined
  probeRights?: ProbeRights | undefined
  pingTimeout?: number | undefined
  /** A session is open, and serves from now on. */
  opened: (session: Session) => void
}

/**
 * Keeps one session to the server of an environment open: finds and connects to it, asks each second how it
 * is, and begins anew when it is lost. Tells health of all of it.
 */
export class SessionKeeper {
  readonly #options: KeeperOptions
  readonly #pingTimeout: number
  readonly #retrier: Retrier
  readonly #pulse: Pulse
  readonly #rights: RightsOfSession
  readonly #assessment = new Assessment()
  #tunnel: Tunnel | null = null
  #finder: Finder
  #watch: ReturnType<NonNullable<Finder['watch']>> | undefined
  #session: Session | null = null
  #looking: Session | null = null
  #askedAt = 0
  #infoReadAt = 0

  constructor(options: KeeperOptions) {
    const { target, health } = options
    this.#options = options
    this.#pingTimeout = options.pingTimeout ?? defaultPingTimeout
    this.#finder = finderOf(target, null)
    this.#retrier = new Retrier({
      attempt: (signal) => this.#try(signal),
      began: () => health.apply({ type: 'trying' }),
      failed: ({ reason, refused }, nextTryAt) =>
        health.apply({ type: 'lost', reason, refused, nextTryAt }),
    })
    this.#pulse = new Pulse({
      every: pingEvery,
      beat: () => void this.#beat(),
      slept: () => this.wake(),
    })
    this.#rights = new RightsOfSession({
      probe: options.probeRights,
      prefixes: target.profile.prefixes,
      another: async ({ place }) =>
        (await this.open(place, AbortSignal.timeout(this.#pingTimeout))).redis,
      changed: () => health.tell(),
    })
  }

  /** The open session; null while there is none. */
  get session(): Session | null {
    return this.#session
  }

  get role(): 'primary' | 'replica' | null {
    return this.#assessment.role
  }

  get rights(): Rights {
    return this.#rights.current
  }

  /** Connects now, also where the next try would come later; asks for rights again where it is connected. */
  start(): void {
    if (this.#session !== null) {
      this.#rights.doubt('wanted')
      return
    }
    if (this.#options.health.current().state === 'offline') this.#begin()
    this.#options.health.apply({ type: 'connecting' })
    this.#retrier.now()
  }

  /**
   * Ends everything at once, and the tunnel when nothing goes through it any more: not the `others` either,
   * which `open` gave away. Resolves when the sockets are gone.
   */
  async stop(others: Promise<unknown>): Promise<void> {
    const [session, watch, tunnel] = [this.#session, this.#watch, this.#tunnel]
    this.#session = null
    this.#watch = undefined
    this.#tunnel = null
    this.#rights.forget()
    this.#pulse.stop()
    this.#options.health.apply({ type: 'disconnected' })
    await Promise.all([this.#retrier.stop(), session?.close(), watch?.stop(), others])
    await tunnel?.close()
  }

  /** Asks at once whether the server is still there, with little patience; connects anew where it is not. */
  wake(): void {
    if (this.#options.health.current().state === 'offline') return
    const session = this.#session
    if (session === null) this.#retrier.anew()
    else void this.#look(session, { patience: wakePatience, info: true })
  }

  /** Redis refused something: what the user may do is soon asked again. */
  doubtRights(): void {
    this.#rights.doubt('refused')
  }

  /** Asks at once what the server is and how it is. */
  refresh(): void {
    const session = this.#session
    if (session !== null) void this.#look(session, { patience: this.#pingTimeout, info: true })
  }

  /** One more session, for the caller to close. @throws ConnectError */
  async open(place: Place, signal: AbortSignal): Promise<Session> {
    const { target, allowance, health } = this.#options
    // There is no tunnel now, and beside it the password must not go.
    if (health.current().state === 'offline') throw new ConnectError('tcp', 'closed')
    return Session.open({
      target,
      place,
      tunnel: this.#tunnel,
      created: (redis) => allowance.meter(redis),
      signal,
    })
  }

  /** What lasts over all tries until it is stopped. */
  #begin(): void {
    const { target, allowance, openTunnel } = this.#options
    this.#tunnel = openTunnel?.() ?? null
    this.#finder = finderOf(target, this.#tunnel, (redis) => allowance.meter(redis))
    this.#watch = this.#finder.watch?.(() => void this.#follow())
    this.#pulse.start()
  }

  /** Finds the server, connects, and hears how it is. */
  async #try(signal: AbortSignal): Promise<void> {
    const place = await this.#finder.find(signal)
    const session = await this.open(place, signal)
    const abort = () => void session.close()
    signal.addEventListener('abort', abort, { once: true })
    try {
      const look = await lookAt(session.redis, { patience: this.#pingTimeout, info: true })
      signal.throwIfAborted()
      this.#learn(session, look)
      this.#serve(session, look)
    } catch (error) {
      await session.close()
      throw error
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  #serve(session: Session, look: Look): void {
    this.#options.opened(session)
    this.#session = session
    this.#assessment.begin()
    this.#assess(session, look)
    session.onEnd((failure) => this.#lose(session, failure))
  }

  async #beat(): Promise<void> {
    const session = this.#session
    if (session === null) return
    // One that is still waited for is not asked twice.
    if (this.#looking === session) {
      const silent = performance.now() - this.#askedAt >= silentAfter
      if (silent) this.#options.health.apply({ type: 'silent' })
      return
    }
    this.#looking = session
    this.#askedAt = performance.now()
    const info = Date.now() - this.#infoReadAt >= infoEvery
    await this.#look(session, { patience: this.#pingTimeout, info })
    if (this.#looking === session) this.#looking = null
  }

  async #look(session: Session, options: { patience: number; info: boolean }): Promise<void> {
    try {
      const look = await lookAt(session.redis, options)
      if (this.#session !== session) return
      this.#learn(session, look)
      this.#assess(session, look)
    } catch (error) {
      this.#lose(session, failureOf(error))
    }
  }

  /** @throws ConnectError when sentinels named it a primary, and it was demoted: it must be left at once. */
  #learn(session: Session, { info }: Look): void {
    if (info === undefined) return
    this.#infoReadAt = Date.now()
    this.#options.allowance.told(session.server, info)
    this.#assessment.learn(info)
    if (this.#finder.primaryOnly && this.role === 'replica') {
      throw new ConnectError('role', 'no-primary')
    }
  }

  #assess(session: Session, look: Look): void {
    const { allowance, health } = this.#options
    if (look.state !== 'loading' && look.telling) allowance.observe(look.latency)
    health.apply(this.#assessment.assess(look, session.server))
    if (look.state === 'serving') void this.#rights.ask(session, this.role)
  }

  /** The server may be another one now. */
  async #follow(): Promise<void> {
    const session = this.#session
    if (session === null) {
      if (this.#options.health.current().state === 'reconnecting') this.#retrier.now()
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
    this.#rights.forget()
    if (performance.now() - session.openedAt > steadyAfter) this.#retrier.steady()
    // Told before its socket closes, so that what waited on it fails for this reason.
    this.#retrier.later(failure)
    void session.close()
  }
}
