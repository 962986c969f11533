import { goOn, stop } from '../query/going-on.ts'
import { Thread } from './thread.ts'
import { threadScript } from './thread-script.ts'

/**
 * A thread that reads, and what waits for it: one query at a time, so that one whose asker has gone is not even
 * begun, and one that is under way is told to stop.
 */
export class ReaderQueue {
  readonly #going = goOn()
  readonly #thread = new Thread(threadScript('reader'), { going: this.#going.buffer })
  /** In the order they were asked: each is called when its turn has come. */
  readonly #waiting: (() => void)[] = []
  #busy = false

  get isBusy(): boolean {
    return this.#busy
  }

  get isRunning(): boolean {
    return this.#thread.isRunning
  }

  /** @throws the signal's reason once that aborts, and what the query throws. */
  async call(method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    await this.#turn(signal)
    const abandon = () => stop(this.#going)
    goOn(this.#going)
    signal?.addEventListener('abort', abandon, { once: true })
    try {
      return await this.#thread.call(method, ...args)
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', abandon)
      this.#next()
    }
  }

  async end(): Promise<void> {
    await this.#thread.end()
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    if (!this.#busy) {
      this.#busy = true
      return
    }
    await new Promise<void>((resolve, reject) => {
      const begin = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1)
        reject(signal?.reason as Error)
      }
      this.#waiting.push(begin)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  #next(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#busy = false
    else next()
  }
}
