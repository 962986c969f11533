import { connect, type Socket } from 'node:net'
import ssh2, {
  type Algorithms,
  type AuthenticationType,
  type Client,
  type ClientChannel,
} from 'ssh2'
import type { Endpoint, SshSettings } from '#shared/contract/profiles.ts'
import type { Authentication } from './authentication.ts'
import { ChannelSocket } from './channel-socket.ts'
import { clientFailure, forwardFailure, type Phase } from './failure.ts'
import type { HostKeyCheck } from './host-key-check.ts'
import { fingerprintOf } from './known-hosts.ts'
import { SshError } from './ssh-error.ts'

/** How long a server that is left may take to close its end. */
const goodbye = 500

/**
 * What is taken from ssh2's own choice, which offers no SHA-1 for the key exchange and no CBC: the rest of
 * SHA-1, compression, which tells lengths, and groups the server makes up, because Node tests their
 * primes. That stops the whole console, for 18 s at 4096 bits, before the server has proved who it is.
 */
const algorithms: Algorithms = {
  kex: { append: [], prepend: [], remove: 'diffie-hellman-group-exchange-sha256' },
  hmac: { append: [], prepend: [], remove: ['hmac-sha1', 'hmac-sha1-etm@openssh.com'] },
  compress: ['none'],
}

interface Options {
  settings: Pick<SshSettings, 'host' | 'port' | 'username' | 'keepAlive'>
  authentication: Authentication
  hostKey: HostKeyCheck
  /** Milliseconds for all of connecting. */
  connectTimeout: number
  /** Milliseconds for the opening of a stream. */
  openTimeout: number
  signal: AbortSignal
}

/** One connection to an SSH server, from its first byte to its end; it does not come back. */
export class SshConnection {
  readonly #options: Options
  readonly #socket: Socket
  readonly #client: Client
  readonly #streams = new Set<ChannelSocket>()
  readonly #lost: ((error: SshError) => void)[] = []
  readonly #ended: Promise<void>
  #phase: Phase = 'connecting'
  #failure: SshError | null = null
  #agentFailed = false
  #fingerprint = ''

  private constructor(options: Options) {
    this.#options = options
    const { host, port } = options.settings
    // A socket of our own, because ssh2's cannot be destroyed once it was ended.
    this.#socket = connect({ host, port, noDelay: true })
    this.#client = new ssh2.Client()
    this.#ended = new Promise((resolve) => {
      this.#client.on('close', () => {
        this.#end()
        resolve()
      })
    })
    this.#client.on('error', (error: unknown) => this.#failed(error))
  }

  /** @throws SshError; nothing of the connection is left then. */
  static async open(options: Options): Promise<SshConnection> {
    const connection = new SshConnection(options)
    await connection.#connect()
    return connection
  }

  /** Of the key by which the server was trusted. */
  get fingerprint(): string {
    return this.#fingerprint
  }

  /** Calls back once when the connection ends otherwise than by `close`. */
  onLost(listener: (error: SshError) => void): void {
    this.#lost.push(listener)
  }

  /** A stream to what the server can reach. @throws SshError */
  forward(endpoint: Endpoint): Promise<ChannelSocket> {
    const heard = this.#socket.bytesRead
    return new Promise((resolve, reject) => {
      let late = false
      const timer = setTimeout(() => {
        late = true
        // Not a byte, not even for other streams: it is the tunnel that is gone, not its far end.
        const silent = this.#socket.bytesRead === heard
        const error = new SshError('timeout', { step: silent ? 'ssh' : 'tcp' })
        reject(error)
        if (silent) this.#fail(error)
      }, this.#options.openTimeout)
      const opened = (error: Error | undefined, channel: ClientChannel) => {
        clearTimeout(timer)
        if (error !== undefined) reject(this.#failure ?? forwardFailure(error, endpoint))
        else if (late) new ChannelSocket(channel, endpoint).destroy()
        else resolve(this.#adopt(new ChannelSocket(channel, endpoint)))
      }
      try {
        this.#client.forwardOut('127.0.0.1', 0, endpoint.host, endpoint.port, opened)
      } catch {
        clearTimeout(timer)
        reject(this.#failure ?? new SshError('closed'))
      }
    })
  }

  /** Ends all streams; resolves when the socket is gone. */
  async close(): Promise<void> {
    this.#lost.length = 0
    this.#client.end()
    const timer = setTimeout(() => this.#socket.destroy(), goodbye)
    await this.#ended
    clearTimeout(timer)
  }

  async #connect(): Promise<void> {
    const { settings, authentication, hostKey, connectTimeout, signal } = this.#options
    const abort = () => this.#fail(new SshError('closed'))
    signal.addEventListener('abort', abort)
    const ready = new Promise<void>((resolve) => {
      this.#client.on('ready', () => {
        this.#phase = 'ready'
        resolve()
      })
    })
    this.#client.on('handshake', () => {
      // Keys are exchanged again later, too.
      if (this.#phase === 'connecting') this.#phase = 'authenticating'
    })
    try {
      this.#client.connect({
        sock: this.#socket,
        username: settings.username,
        readyTimeout: connectTimeout,
        keepaliveInterval: settings.keepAlive * 1000,
        keepaliveCountMax: 3,
        algorithms: { ...algorithms, serverHostKey: hostKey.algorithms },
        hostVerifier: (key: Buffer) => this.#trusts(key),
        authHandler: (offered: AuthenticationType[] | null) => authentication(offered),
      })
      if (signal.aborted) abort()
      await Promise.race([ready, this.#ended])
      if (this.#phase !== 'ready') throw this.#failure ?? new SshError('closed')
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  #trusts(key: Buffer): boolean {
    this.#fingerprint = fingerprintOf(key)
    const refusal = this.#options.hostKey.refusal(key)
    if (refusal !== null) this.#failure ??= refusal
    return refusal === null
  }

  #adopt(stream: ChannelSocket): ChannelSocket {
    this.#streams.add(stream)
    return stream.once('close', () => this.#streams.delete(stream))
  }

  #failed(error: unknown): void {
    // ssh2 goes on with the agent's next key, or the next agent.
    if ((error as { level?: unknown }).level === 'agent') {
      this.#agentFailed = true
      return
    }
    const answered = this.#phase === 'connecting' && this.#socket.bytesRead > 0
    const failure = clientFailure(error, answered ? 'answered' : this.#phase)
    const byAgent = this.#agentFailed && failure.reason === 'ssh-authentication'
    this.#fail(byAgent ? new SshError('ssh-agent') : failure)
  }

  #fail(failure: SshError): void {
    this.#failure ??= failure
    this.#socket.destroy()
  }

  #end(): void {
    for (const stream of this.#streams) stream.destroy()
    if (this.#phase !== 'ready') return
    const failure = this.#failure ?? new SshError('closed')
    for (const listener of this.#lost.splice(0)) listener(failure)
  }
}
