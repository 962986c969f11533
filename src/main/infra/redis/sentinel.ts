import type { Redis } from 'ioredis'
import type { LinkTarget } from '#core/environments/ports.ts'
import type { Deployment, Endpoint, TlsSettings } from '#shared/contract/profiles.ts'
import { place } from '#shared/domain/redis-url.ts'
import { ConnectError } from './connect-error.ts'
import { dial, type Tunnel } from './dial.ts'
import { failureOf } from './failure.ts'
import { firstOf } from './first-of.ts'
import { closeRedis, openRedis } from './open-redis.ts'
import { sentinelAnswerOf, type SentinelAnswer } from './sentinel-answer.ts'
import { saysPrimary } from './server-role.ts'

type SentinelDeployment = Extract<Deployment, { type: 'sentinel' }>

/** A sentinel that takes longer lets the next one be asked beside it. */
const patience = 1500
/** For everything asked of one of them. */
const longest = 10_000
/** For the primary to say that it is one. Where it hangs, the sentinels will soon name another. */
const confirmation = 3000
const mostSentinels = 20

const systemTrust: TlsSettings = { ca: null, certificate: null, serverName: null, acceptAny: null }

export interface SentinelSource {
  target: LinkTarget
  deployment: SentinelDeployment
  tunnel: Tunnel | null
  /** Called with each connection to a primary before anything is sent on it: what it costs is counted. */
  created?: ((redis: Redis) => void) | undefined
}

/**
 * Asks sentinels where the primary is, the one that answered last first, and goes on where they say to
 * with ROLE: a sentinel may not have noticed yet. Knows more sentinels with each answer.
 *
 * ioredis has a connector for Sentinel of its own, but it opens its sockets itself: it could not go
 * through a tunnel, nor ask for the secrets when it needs them.
 */
export class SentinelFinder {
  readonly master: string
  readonly #source: SentinelSource
  #sentinels: readonly Endpoint[]
  #current: Endpoint | null = null
  /** Of the newest answer that was followed; an older one comes from a sentinel that missed a failover. */
  #epoch = 0

  constructor(source: SentinelSource) {
    this.master = source.deployment.master
    this.#source = source
    this.#sentinels = source.deployment.sentinels
  }

  /** The sentinels known so far, the one that answered last first. */
  get sentinels(): readonly Endpoint[] {
    return this.#sentinels
  }

  /**
   * The primary as it is now.
   *
   * @throws ConnectError at step `sentinel`: `no-primary`, `sentinel-unknown-master`,
   *   `sentinel-authentication` or `sentinel-no-answer`; at `ssh` or `tls` where that is the reason.
   */
  readonly find = async (signal: AbortSignal): Promise<Endpoint> => {
    const tries = this.#sentinels.map((sentinel) => async (each: AbortSignal) => {
      const bounded = AbortSignal.any([each, AbortSignal.timeout(longest)])
      const answer = await this.#ask(sentinel, bounded)
      return { sentinel, answer, primary: await this.#confirmed(answer, bounded) }
    })
    try {
      const { sentinel, answer, primary } = await firstOf(tries, patience, signal)
      this.#remember(sentinel, answer)
      return primary
    } catch (error) {
      throw mostTelling(error instanceof AggregateError ? error.errors : [error])
    }
  }

  /**
   * Whether another server than the one found last is the primary by this answer and by its own word;
   * from then on it counts as found.
   */
  async movesTo(sentinel: Endpoint, answer: SentinelAnswer, signal: AbortSignal): Promise<boolean> {
    const { primary } = answer
    if (primary === null || (this.#current !== null && place(primary) === place(this.#current))) {
      return false
    }
    await this.#confirmed(answer, signal)
    this.#remember(sentinel, answer)
    return true
  }

  /** A connection to a sentinel, for the caller to close. @throws ConnectError */
  async open(sentinel: Endpoint, signal: AbortSignal): Promise<Redis> {
    const { target, deployment, tunnel } = this.#source
    const secrets = await target.secrets()
    const tls = deployment.tls ? (target.profile.tls ?? systemTrust) : null
    try {
      return await openRedis({
        open: (opening) => dial(sentinel, { tunnel, tls, secrets }, opening),
        credentials: { username: deployment.username, password: secrets.sentinelPassword },
        database: 0,
        signal,
      })
    } catch (error) {
      throw ofSentinel(error)
    }
  }

  async #ask(sentinel: Endpoint, signal: AbortSignal): Promise<SentinelAnswer> {
    const redis = await this.open(sentinel, signal)
    const abort = () => redis.disconnect()
    signal.addEventListener('abort', abort, { once: true })
    try {
      return await askSentinel(redis, this.master)
    } finally {
      signal.removeEventListener('abort', abort)
      await closeRedis(redis)
    }
  }

  /** The primary an answer names, once it says so itself. @throws ConnectError */
  async #confirmed({ primary, epoch }: SentinelAnswer, signal: AbortSignal): Promise<Endpoint> {
    if (primary === null) throw new ConnectError('sentinel', 'sentinel-unknown-master')
    if (epoch !== null && epoch < this.#epoch) throw new ConnectError('sentinel', 'no-primary')
    const { target, tunnel, created } = this.#source
    const secrets = await target.secrets()
    const { tls, username } = target.profile
    const confirmed = await saysPrimary({
      open: (opening) => dial(primary, { tunnel, tls, secrets }, opening),
      credentials: { username, password: secrets.password },
      database: 0,
      created,
      signal: AbortSignal.any([signal, AbortSignal.timeout(confirmation)]),
    })
    if (!confirmed) throw new ConnectError('sentinel', 'no-primary')
    return primary
  }

  #remember(sentinel: Endpoint, { primary, epoch, sentinels }: SentinelAnswer): void {
    this.#current = primary
    this.#epoch = Math.max(this.#epoch, epoch ?? 0)
    const known = [sentinel, ...this.#sentinels, ...sentinels]
    const distinct = new Map(known.map((each) => [place(each), each]))
    this.#sentinels = [...distinct.values()].slice(0, mostSentinels)
  }
}

/** Asks over an open connection. @throws Error when it breaks, ConnectError when it may not be asked. */
export async function askSentinel(redis: Redis, master: string): Promise<SentinelAnswer> {
  const [address, ...told] = await Promise.allSettled([
    redis.call('sentinel', 'GET-MASTER-ADDR-BY-NAME', master),
    redis.call('sentinel', 'MASTER', master),
    redis.call('sentinel', 'SENTINELS', master),
  ])
  if (address.status === 'rejected') throw ofSentinel(address.reason)
  const [details, others] = told.map((each) => (each.status === 'fulfilled' ? each.value : null))
  return sentinelAnswerOf(address.value, details, others)
}

/** Why a sentinel did not answer. Of ssh and tls the reason itself: there a person must do something. */
function ofSentinel(error: unknown): ConnectError {
  const { step, reason, code } =
    error instanceof ConnectError ? error : new ConnectError('auth', failureOf(error).reason)
  if (step === 'ssh' || step === 'tls' || step === 'sentinel')
    return new ConnectError(step, reason, code)
  const refused =
    reason === 'authentication' || reason === 'password-needed' || reason === 'permission'
  return new ConnectError('sentinel', refused ? 'sentinel-authentication' : 'sentinel-no-answer')
}

const telling = ['keychain', 'no-primary', 'sentinel-unknown-master', 'sentinel-authentication']

/** Of what several sentinels failed with: that of the one that got furthest. */
function mostTelling(errors: readonly unknown[]): ConnectError {
  const failures = errors.filter((error) => error instanceof ConnectError)
  for (const reason of telling) {
    const failure = failures.find((each) => each.reason === reason)
    if (failure !== undefined) return failure
  }
  return (
    failures.find(({ step }) => step === 'tls' || step === 'ssh') ??
    failures[0] ??
    new ConnectError('sentinel', 'sentinel-no-answer')
  )
}
