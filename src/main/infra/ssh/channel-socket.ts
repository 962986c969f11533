import { Duplex } from 'node:stream'
import type { ClientChannel } from 'ssh2'
import type { Endpoint } from '#shared/contract/profiles.ts'

/**
 * A forwarded connection that behaves as a connected `net.Socket` does, which ssh2's channel does not: it
 * is destroyed at once, says `close` exactly once, ends by itself when the other side has ended, and
 * counts its bytes. It never says `error`, whatever happens to the tunnel.
 */
export class ChannelSocket extends Duplex {
  /** It is handed out connected. */
  readonly connecting = false
  readonly remoteAddress: string
  readonly remotePort: number
  bytesRead = 0
  bytesWritten = 0
  readonly #channel: ClientChannel
  #idle: NodeJS.Timeout | null = null

  constructor(channel: ClientChannel, endpoint: Endpoint) {
    super({ allowHalfOpen: false })
    this.#channel = channel
    this.remoteAddress = endpoint.host
    this.remotePort = endpoint.port
    channel.on('data', (chunk: Buffer) => {
      if (this.destroyed) return
      this.bytesRead += chunk.length
      this.#idle?.refresh()
      if (!this.push(chunk)) channel.pause()
    })
    channel.on('end', () => this.push(null))
    channel.on('close', () => this.#closed())
    channel.on('error', () => this.destroy())
  }

  /** Accepted as by a `net.Socket`; the tunnel itself never delays what is written. */
  setNoDelay(): this {
    return this
  }

  /** Accepted as by a `net.Socket`; the tunnel has a keep-alive of its own. */
  setKeepAlive(): this {
    return this
  }

  /** Accepted as by a `net.Socket`; the tunnel's connection is what keeps a process alive. */
  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  /** Says `timeout` when nothing was read or written for so many milliseconds; 0 ends that. */
  setTimeout(milliseconds: number, listener?: () => void): this {
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = null
    if (milliseconds > 0) {
      this.#idle = setTimeout(() => this.emit('timeout'), milliseconds).unref()
      if (listener !== undefined) this.once('timeout', listener)
    } else if (listener !== undefined) {
      this.off('timeout', listener)
    }
    return this
  }

  override _read(): void {
    this.#channel.resume()
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.bytesWritten += chunk.length
    this.#idle?.refresh()
    this.#channel.write(chunk, done)
  }

  override _final(done: () => void): void {
    this.#channel.end()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.setTimeout(0)
    // What still comes is dropped, so that the channel gets to its end.
    this.#channel.resume()
    this.#channel.destroy()
    done(error)
  }

  /** What has come before the end is read first, as from a socket. */
  #closed(): void {
    if (this.readableEnded) this.destroy()
    else this.once('end', () => this.destroy())
  }
}
