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
      // Of a tunnel, too: its streams are to be used as sockets.
      this.stream = stream as Socket
      return this.stream
    }

    override disconnect(): void {
      this.#opening.abort()
      super.disconnect()
    }
  }
}
