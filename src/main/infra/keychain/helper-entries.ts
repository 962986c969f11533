import { KeychainProblem, type KeychainEntries } from './entries.ts'
import type { HelperProcess } from './helper-process.ts'
import type { KeychainAnswer, KeychainRequest } from './messages.ts'

export interface HelperEntriesOptions {
  start: () => HelperProcess
  /** Under which name everything is kept; another name sees nothing of it. */
  service: string
  /** How long one call may take, in ms: long enough for a person to answer the keychain's prompt. */
  limit?: number
  /** The same where no prompt is to be expected. */
  probeLimit?: number
  /** How long the process is kept for the next call, in ms. */
  idle?: number
}

type Question = Pick<KeychainRequest, 'verb' | 'account'> & { text?: string }
type Value = string | boolean | null

interface Pending {
  resolve: (value: Value) => void
  reject: (problem: KeychainProblem) => void
}

/** No environment has this name, so there is nothing here that a prompt would have to unlock. */
const nothing = '?'

/** The keychain through a process of its own, started when needed and ended when idle or stuck. */
export class HelperEntries implements KeychainEntries {
  readonly #options: Required<HelperEntriesOptions>
  readonly #pending = new Map<number, Pending>()
  #helper: HelperProcess | null = null
  #idle: NodeJS.Timeout | undefined
  #last = 0
  #closed = false

  constructor(options: HelperEntriesOptions) {
    this.#options = { limit: 60_000, probeLimit: 5000, idle: 10_000, ...options }
  }

  async probe(): Promise<void> {
    await this.#ask({ verb: 'get', account: nothing }, this.#options.probeLimit)
  }

  async get(account: string): Promise<string | null> {
    const value = await this.#ask({ verb: 'get', account })
    return typeof value === 'string' ? value : null
  }

  async set(account: string, text: string): Promise<void> {
    await this.#ask({ verb: 'set', account, text })
  }

  async delete(account: string): Promise<boolean> {
    return (await this.#ask({ verb: 'delete', account })) === true
  }

  /** Ends the process; what is under way is rejected, and nothing of it happens later. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#idle)
    this.#stop()
    this.#rejectAll('the console ends')
  }

  async #ask(question: Question, limit = this.#options.limit): Promise<Value> {
    if (this.#closed) throw new KeychainProblem('the console ends')
    const id = (this.#last += 1)
    clearTimeout(this.#idle)
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<Value>((resolve, reject) => {
        this.#pending.set(id, { resolve, reject })
        timer = setTimeout(() => {
          // Another call may wait for a person; it has a limit of its own.
          if (this.#pending.size === 1) this.#stop()
          reject(new KeychainProblem('it does not answer'))
        }, limit)
        const { service } = this.#options
        this.#running().send({ id, service, text: '', ...question })
      })
    } finally {
      clearTimeout(timer)
      this.#pending.delete(id)
      if (this.#pending.size === 0) this.#stopWhenIdle()
    }
  }

  #running(): HelperProcess {
    if (this.#helper !== null) return this.#helper
    const helper = this.#options.start()
    this.#helper = helper
    helper.onAnswer((answer) => this.#settle(answer))
    helper.onEnd(() => {
      if (this.#helper !== helper) return
      this.#helper = null
      this.#rejectAll('its process ended')
    })
    return helper
  }

  #settle(answer: KeychainAnswer): void {
    const pending = this.#pending.get(answer.id)
    if ('problem' in answer) pending?.reject(new KeychainProblem(answer.problem))
    else pending?.resolve(answer.value)
  }

  #rejectAll(why: string): void {
    for (const { reject } of this.#pending.values()) {
      reject(new KeychainProblem(why, { brokenOff: true }))
    }
  }

  #stopWhenIdle(): void {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.#stop(), this.#options.idle)
    this.#idle.unref()
  }

  /** Forgets the process before it is gone, so that the next call does not go to a dying one. */
  #stop(): void {
    const helper = this.#helper
    this.#helper = null
    helper?.kill()
  }
}
