import { type ClientContext, type ClientLink, ORPCError } from '@orpc/client'
import { useConnection } from './connection.ts'
import { ConnectionLostError } from './errors.ts'

type Link = ClientLink<ClientContext>
type CallOptions = Parameters<Link['call']>[2]

/**
 * One link over a connection that comes and goes. Each connection brings a fresh link of its own, so
 * nothing of a dead one is left over. Before the first contact a call waits; once the connection was
 * lost it fails at once: an action must not be carried out minutes after the click.
 */
export class SwitchingLink implements Link {
  #current: Link | null = null
  #first = Promise.withResolvers<void>()

  /** The link to use from now on; null when there is none. */
  use(link: Link | null): void {
    this.#current = link
    if (link !== null) this.#first.resolve()
  }

  /** Ends the wait of calls made before the first contact. */
  giveUp(): void {
    this.#first.resolve()
  }

  async call(path: readonly string[], input: unknown, options: CallOptions): Promise<unknown> {
    if (useConnection.getState().state === 'connecting') await this.#contact(options.signal)
    const link = this.#current
    if (link === null) throw new ConnectionLostError(false)
    try {
      return await link.call(path, input, options)
    } catch (error) {
      if (error instanceof ORPCError || options.signal?.aborted || this.#current === link)
        throw error
      throw new ConnectionLostError(true, { cause: error })
    }
  }

  async #contact(signal: AbortSignal | undefined): Promise<void> {
    if (signal === undefined) return this.#first.promise
    signal.throwIfAborted()
    const aborted = Promise.withResolvers<never>()
    const abort = () => aborted.reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    try {
      await Promise.race([this.#first.promise, aborted.promise])
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }
}
