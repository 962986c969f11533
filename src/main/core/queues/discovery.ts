import { isReadable } from '#shared/contract/connections.ts'
import type { Discovery } from '#shared/contract/queues.ts'
import type { EnvironmentLink } from '../environments/ports.ts'
import { pause } from '../live-value.ts'
import type { Log } from '../services.ts'
import type { QueueReader, Urgency } from './ports.ts'

/** A small keyspace is scanned at once; after this many steps a scan keeps to the pace. */
const unpacedSteps = 20
const pace = 50
const minute = 60_000
const day = 24 * 60 * minute

/**
 * Finds queues, since BullMQ keeps no list of them: a paced key scan on connecting and each day (each
 * minute where there are few keys), and the names of connected clients each minute. What it finds are candidates; `found` verifies them.
 */
export class QueueDiscovery {
  readonly #link: EnvironmentLink
  readonly #reader: QueueReader
  readonly #log: Log
  readonly #found: (queues: string[], urgency: Urgency) => Promise<void>
  readonly #changed: () => void
  readonly #closed = new AbortController()
  readonly #minutes: NodeJS.Timeout
  readonly #stopFollowing: () => void
  #state: Discovery = { state: 'idle', progress: null, finishedAt: null }
  #ready = false
  #asking = false
  /** The last scan took so little that it may run each minute, for queues without a worker yet. */
  #small = false

  constructor(parts: {
    link: EnvironmentLink
    reader: QueueReader
    log: Log
    found: (queues: string[], urgency: Urgency) => Promise<void>
    changed: () => void
  }) {
    this.#link = parts.link
    this.#reader = parts.reader
    this.#log = parts.log
    this.#found = parts.found
    this.#changed = parts.changed
    this.#stopFollowing = this.#link.onHealth(() => this.#follow())
    this.#minutes = setInterval(() => void this.#eachMinute(), minute)
    this.#follow()
  }

  state(): Discovery {
    return this.#state
  }

  /** Resolves when a scan has ended at least once, when none can start, or after `milliseconds`. */
  async settled(milliseconds: number): Promise<void> {
    const deadline = Date.now() + milliseconds
    const pending = () => {
      const health = this.#link.health()
      if (this.#state.finishedAt !== null || this.#state.state === 'failed') return false
      return health.state === 'connecting' || isReadable(health)
    }
    while (pending() && Date.now() < deadline && !this.#closed.signal.aborted) {
      await pause(5, this.#closed.signal)
    }
  }

  /** Starts a scan unless one runs. */
  rescan(): Discovery {
    if (this.#state.state !== 'scanning') void this.#scan()
    return this.#state
  }

  close(): void {
    clearInterval(this.#minutes)
    this.#stopFollowing()
    this.#closed.abort()
  }

  #follow(): void {
    const ready = isReadable(this.#link.health())
    const connected = ready && !this.#ready
    this.#ready = ready
    if (!connected) return
    // Somebody waits for a first sight of the queues, and this one command finds those at work.
    void this.#askClients('interactive')
    // A connection that comes and goes must not make one scan after the other.
    if (this.#age() > minute) this.rescan()
  }

  async #eachMinute(): Promise<void> {
    if (!this.#ready) return
    await this.#askClients('background')
    if (this.#age() > (this.#small ? minute : day)) this.rescan()
  }

  #age(): number {
    return this.#state.finishedAt === null ? Infinity : Date.now() - this.#state.finishedAt
  }

  async #askClients(urgency: Urgency): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    try {
      await this.#found(await this.#reader.connected(urgency), urgency)
    } catch (error) {
      this.#log.debug({ err: error }, 'queues could not be found by client names')
    } finally {
      this.#asking = false
    }
  }

  async #scan(): Promise<void> {
    this.#set({ ...this.#state, state: 'scanning', progress: 0 })
    try {
      const total = await this.#reader.keyCount()
      let cursor = '0'
      let keys = 0
      let steps = 0
      const seen = new Set<string>()
      do {
        if (steps >= unpacedSteps) await pause(pace, this.#closed.signal)
        if (this.#closed.signal.aborted) return
        const step = await this.#reader.scan(cursor)
        cursor = step.cursor
        keys += step.keys
        steps += 1
        const fresh = step.queues.filter((queue) => !seen.has(queue))
        for (const queue of fresh) seen.add(queue)
        if (fresh.length > 0) await this.#found(fresh, 'background')
        this.#set({ ...this.#state, progress: total > 0 ? Math.min(1, keys / total) : null })
      } while (cursor !== '0')
      this.#small = steps <= unpacedSteps
      this.#set({ state: 'idle', progress: null, finishedAt: Date.now() })
    } catch (error) {
      if (this.#closed.signal.aborted) return
      this.#log.warn({ err: error }, 'the scan for queues failed')
      this.#set({ ...this.#state, state: 'failed', progress: null })
    }
  }

  #set(state: Discovery): void {
    this.#state = state
    this.#changed()
  }
}
