import { AbstractConnector, type RedisOptions } from 'ioredis'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** What closing waits for the other end, in milliseconds, before the socket is destroyed. */
const farewell = 500

type Connector = NonNullable<RedisOptions['Connector']>

/**
 * How ioredis gets its streams from us: `open` is called at each connect, with the options of that
 * connection (its `host` and `port`, for a node of a cluster). What it rejects with ends the
 * connection; ioredis does not try again by itself.
 */
export function connectorTo(
  open: (options: RedisOptions, signal: AbortSignal) => Promise<Duplex>,
): Connector {
  return class extends AbstractConnector {
    readonly #options: RedisOptions
    #opening = new AbortController()

    constructor(options: unknown) {
      super(farewell)
      this.#options = options as RedisOptions
    }

    async connect() {
      const opening = new AbortController()
      this.#opening = opening
      this.connecting = true
      const stream = await open(this.#options, opening.signal)
      if (opening.signal.aborted) {
        stream.destroy()
        throw new Error('Connection is closed')
      }
      this.stream = asSocket(stream)
      return this.stream
    }

    override disconnect(): void {
      this.#opening.abort()
      super.disconnect()
    }
  }
}

/**
 * ioredis takes every stream for a socket; gives one that is none, such as a channel of SSH, what it
 * calls and what is counted.
 */
function asSocket(stream: Duplex): Socket {
  const socket = stream as Socket
  const self = () => socket
  socket.setKeepAlive ??= self
  socket.setNoDelay ??= self
  socket.setTimeout ??= self
  if (!('bytesRead' in stream)) countBytes(stream)
  return socket
}

function countBytes(stream: Duplex): void {
  const counts = { bytesRead: 0, bytesWritten: 0 }
  // Listening for data makes it flow, so only once ioredis does.
  stream.once('resume', () => {
    stream.on('data', (chunk: Buffer) => {
      counts.bytesRead += chunk.length
    })
  })
  const write = stream.write.bind(stream) as (chunk: string | Buffer) => boolean
  Object.defineProperties(stream, {
    bytesRead: { get: () => counts.bytesRead },
    bytesWritten: { get: () => counts.bytesWritten },
    write: {
      value: (chunk: string | Buffer) => {
        counts.bytesWritten += Buffer.byteLength(chunk)
        return write(chunk)
      },
    },
  })
}
