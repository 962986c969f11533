import type { Redis } from 'ioredis'
import type { Duplex } from 'node:stream'
import type { LinkTarget } from '#core/environments/ports.ts'
import type { Profile, Secrets } from '#shared/contract/profiles.ts'
import { place as placeName } from '#shared/domain/redis-url.ts'
import { askingAsConnecting } from '../redis/ask-secrets.ts'
import { dial, type Place, type Way } from '../redis/dial.ts'
import { closeRedis, openRedis } from '../redis/open-redis.ts'
import { SshTunnel } from '../ssh/ssh-tunnel.ts'

/** A server that has let the test in. */
export interface Server {
  redis: Redis
  place: Place
}

/** What the steps of one test hand on to each other, and all that must be closed after it. */
export class Visit {
  readonly target: LinkTarget
  readonly profile: Profile
  readonly tunnel: SshTunnel | null
  /** Where Redis is, once it is known. */
  place: Place | null = null
  /** The stream to it, until a connection takes it over. */
  stream: Duplex | null = null
  /** The server, or every master of a cluster with the one that was asked first among them. */
  servers: Server[] = []
  readonly #closing: (() => unknown)[] = []
  readonly #ask: LinkTarget['secrets']
  #secrets: Promise<Secrets> | null = null

  constructor(target: LinkTarget, ssh: { knownHostsPath?: string } = {}) {
    const asking = askingAsConnecting(target)
    this.target = { ...asking, secrets: () => this.secrets() }
    this.#ask = asking.secrets
    this.profile = target.profile
    const settings = target.profile.ssh
    const secrets = () => this.secrets()
    this.tunnel = settings === null ? null : new SshTunnel({ ...ssh, settings, secrets })
    if (this.tunnel !== null) this.closeLater(() => this.tunnel?.close())
  }

  /** Asked for once; what is lost from the keychain is found out where it is wanted. @throws ConnectError */
  secrets(): Promise<Secrets> {
    this.#secrets ??= this.#ask()
    return this.#secrets
  }

  async way(): Promise<Way> {
    return { tunnel: this.tunnel, tls: this.profile.tls, secrets: await this.secrets() }
  }

  /** Connects as the link does. @throws ConnectError */
  async open(place: Place, database: number, signal: AbortSignal, stream?: Duplex): Promise<Redis> {
    const way = await this.way()
    const { password } = await this.secrets()
    const redis = await openRedis({
      open: (opening) =>
        stream === undefined ? dial(place, way, opening) : Promise.resolve(stream),
      credentials: { username: this.profile.username, password },
      database,
      created: (redis) => this.closeLater(() => closeRedis(redis)),
      signal,
    })
    return redis
  }

  closeLater(close: () => unknown): void {
    this.#closing.push(close)
  }

  /** Resolves when every connection of the test is gone. */
  async close(): Promise<void> {
    this.stream?.destroy()
    // The tunnel, which was there first, last.
    for (const close of this.#closing.splice(0).toReversed()) {
      await Promise.resolve(close()).catch(() => {})
    }
    this.#secrets = null
  }
}

/** `host:port`, or the path of a socket. */
export const nameOf = (place: Place): string => ('path' in place ? place.path : placeName(place))
