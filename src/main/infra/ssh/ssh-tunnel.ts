import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Endpoint, Secrets, SshSettings } from '#shared/contract/profiles.ts'
import { agentPaths } from './agent-paths.ts'
import { authenticationOf } from './authentication.ts'
import type { ChannelSocket } from './channel-socket.ts'
import { hostKeyCheck } from './host-key-check.ts'
import { SshConnection } from './ssh-connection.ts'
import { SshError } from './ssh-error.ts'

const connectTimeout = 10_000
/** A stream is one round trip and what the far end takes; shorter than its asker's patience. */
const openTimeout = 5000

export interface SshTunnelOptions {
  settings: SshSettings
  /** Asked for `sshPassword`, `sshKey` and `sshKeyPassphrase` at each connect. */
  secrets: () => Promise<Secrets>
  /** This user's, unless told otherwise. */
  knownHostsPath?: string
  /** Where agents listen. */
  agents?: () => readonly string[]
  /** Milliseconds for connecting, and at most for each stream's opening. */
  timeout?: number
}

/**
 * A way through an SSH server. All streams share one connection, which is opened by the first, and by
 * the first after it was lost. Streams are real ones, without a port on this machine (decision 0007).
 */
export class SshTunnel {
  readonly #options: SshTunnelOptions
  readonly #listeners = new Set<(error: SshError) => void>()
  #opening = new AbortController()
  #connection: Promise<SshConnection> | null = null

  constructor(options: SshTunnelOptions) {
    this.#options = options
  }

  /**
   * Connects to the SSH server, unless it is connected, and tells by which key it was trusted: to see the
   * tunnel's own trouble apart from that of what is behind it.
   *
   * @throws SshError, or what asking for the secrets throws.
   */
  async connect(): Promise<{ fingerprint: string }> {
    const { fingerprint } = await this.#connected()
    return { fingerprint }
  }

  /**
   * A stream to `endpoint` as the SSH server sees it, to be used as a connected `net.Socket`. When the
   * tunnel is lost it ends with `close`, without `error`.
   *
   * @throws SshError, or what asking for the secrets throws.
   */
  async open(endpoint: Endpoint): Promise<ChannelSocket> {
    const connection = await this.#connected()
    return connection.forward(endpoint)
  }

  /** Calls back each time a connection that was there is lost, until the returned function is called. */
  onLost(listener: (error: SshError) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Ends the connection with all its streams; a later `open` begins anew. */
  async close(): Promise<void> {
    const connection = this.#connection
    this.#connection = null
    this.#opening.abort()
    await (await connection?.catch(() => null))?.close()
  }

  #connected(): Promise<SshConnection> {
    if (this.#connection !== null) return this.#connection
    this.#opening = new AbortController()
    const connection = this.#connect(this.#opening.signal)
    const forget = () => {
      if (this.#connection === connection) this.#connection = null
    }
    connection.then(
      (opened) =>
        opened.onLost((error) => {
          forget()
          for (const listener of this.#listeners) listener(error)
        }),
      forget,
    )
    this.#connection = connection
    return connection
  }

  async #connect(signal: AbortSignal): Promise<SshConnection> {
    const { settings, timeout = connectTimeout } = this.#options
    const [secrets, knownHosts] = await Promise.all([this.#options.secrets(), this.#knownHosts()])
    if (signal.aborted) throw new SshError('closed')
    return SshConnection.open({
      settings,
      authentication: authenticationOf(settings, secrets, this.#options.agents ?? agentPaths),
      hostKey: hostKeyCheck(settings, knownHosts),
      connectTimeout: timeout,
      openTimeout: Math.min(timeout, openTimeout),
      signal,
    })
  }

  /** A file that cannot be read knows no host. */
  async #knownHosts(): Promise<string> {
    const path = this.#options.knownHostsPath ?? join(homedir(), '.ssh', 'known_hosts')
    return readFile(path, 'utf8').catch(() => '')
  }
}
