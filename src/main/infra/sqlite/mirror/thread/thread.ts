import { Worker } from 'node:worker_threads'
import { MirrorError } from '#core/mirror/ports.ts'
import { errorOf } from './error-of.ts'
import { type Answer, endOfCalls } from './messages.ts'

interface Pending {
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** Megabytes of JavaScript objects in a thread; SQLite's own memory is apart. */
const heap = 256

/**
 * A thread that answers calls in their order; started by the first one, and again by the next one after it
 * ended. Calls under way when it ends throw MirrorError `unavailable`.
 */
export class Thread {
  readonly #script: string
  readonly #data: unknown
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | null = null
  #last = 0

  constructor(script: string, data: unknown = null) {
    this.#script = script
    this.#data = data
  }

  get isRunning(): boolean {
    return this.#worker !== null
  }

  call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.hand([], method, ...args)
  }

  /** A call whose arguments hold memory that goes over to the thread instead of being copied. */
  async hand(
    memory: readonly ArrayBuffer[],
    method: string,
    ...args: readonly unknown[]
  ): Promise<unknown> {
    const worker = this.#running()
    const id = (this.#last += 1)
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      worker.ref()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage({ id, method, args }, memory)
    })
  }

  /**
   * Lets it end once it has answered what was asked. Never stopped from outside: a thread that is stopped within
   * SQLite takes the whole process along (https://github.com/WiseLibs/better-sqlite3/issues/1507).
   */
  async end(): Promise<void> {
    const worker = this.#worker
    if (worker === null) return
    this.#worker = null
    worker.ref()
    // Also of one that fails meanwhile.
    const ended = new Promise((resolve) => worker.once('exit', resolve))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(endOfCalls)
    await ended
    this.#rejectAll('it was closed')
  }

  #running(): Worker {
    if (this.#worker !== null) return this.#worker
    const worker = new Worker(this.#script, {
      workerData: this.#data,
      // Such as `--input-type` or a test runner's loader: nothing here needs them.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heap },
    })
    worker.unref()
    this.#worker = worker
    let why = 'it ended'
    worker.on('message', (answer: Answer) => this.#settle(worker, answer))
    worker.on('error', (error) => (why = error instanceof Error ? error.message : String(error)))
    worker.once('exit', () => {
      if (this.#worker !== worker) return
      this.#worker = null
      this.#rejectAll(why)
    })
    return worker
  }

  #settle(worker: Worker, answer: Answer): void {
    const pending = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    if (this.#pending.size === 0) worker.unref()
    if ('trouble' in answer) pending?.reject(errorOf(answer.trouble))
    else pending?.resolve(answer.value)
  }

  #rejectAll(why: string): void {
    for (const { reject } of this.#pending.values()) {
      reject(new MirrorError('unavailable', `The thread of the mirror does not answer: ${why}`))
    }
    this.#pending.clear()
  }
}
