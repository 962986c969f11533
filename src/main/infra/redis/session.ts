import type { Redis } from 'ioredis'
import type { LinkTarget } from '#core/environments/ports.ts'
import { place as placeName } from '#shared/domain/redis-url.ts'
import { ConnectError } from './connect-error.ts'
import { dial, type Place, type Tunnel } from './dial.ts'
import { failureOf, type Failure } from './failure.ts'
import { closeRedis, openRedis } from './open-redis.ts'
import { speaksTls } from './other-protocol.ts'
import { unlessAborted } from './stream-events.ts'

export interface SessionOptions {
  target: LinkTarget
  place: Place
  tunnel: Tunnel | null
  /** Called with the connection before anything is sent on it. */
  created?: ((redis: Redis) => void) | undefined
  signal: AbortSignal
}

/** One connection to one server, from its AUTH to its end; never two after one another. */
export class Session {
  readonly redis: Redis
  readonly place: Place
  /** `host:port`, or the path of the socket. */
  readonly server: string
  readonly openedAt = performance.now()
  #failure: Failure = { reason: 'closed', refused: false }

  /** @throws ConnectError */
  static async open(options: SessionOptions): Promise<Session> {
    const { target, place, tunnel, created, signal } = options
    const { profile } = target
    let secrets = await unlessAborted('auth', signal, target.secrets())
    const redis = await openRedis({
      open: (connecting) => dial(place, { tunnel, tls: profile.tls, secrets }, connecting),
      credentials: { username: profile.username, password: secrets.password },
      database: profile.database,
      created,
      signal,
    }).catch(async (error: unknown) => {
      // A server that takes TLS alone closes without a word.
      const silent = profile.tls === null && error instanceof ConnectError && error.step === 'auth'
      if (silent && error.reason === 'closed' && (await speaksTls(place, tunnel, signal))) {
        throw new ConnectError('tls', 'tls')
      }
      throw error
    })
    // The connection keeps the function that dials as long as it lives.
    secrets = {}
    return new Session(redis, place)
  }

  constructor(redis: Redis, place: Place) {
    this.redis = redis
    this.place = place
    this.server = 'path' in place ? place.path : placeName(place)
    redis.on('error', (error) => {
      this.#failure = failureOf(error)
    })
  }

  /** Whether commands can be sent. */
  get open(): boolean {
    return this.redis.status === 'ready' && this.redis.stream.writable
  }

  /** Calls back once when it has ended, with why; at once when it has already. */
  onEnd(listener: (failure: Failure) => void): void {
    if (this.redis.status === 'end') listener(this.#failure)
    else this.redis.once('end', () => listener(this.#failure))
  }

  /** Resolves when the socket is gone. */
  close(): Promise<void> {
    return closeRedis(this.redis)
  }
}
