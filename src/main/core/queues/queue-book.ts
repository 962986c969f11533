import type { Queue, QueueList } from '#shared/contract/queues.ts'
import type { EnvironmentLink } from '../environments/ports.ts'
import type { Log } from '../services.ts'
import { QueueDiscovery } from './discovery.ts'
import type { KnownQueues, QueueReader, ReadOptions, Urgency } from './ports.ts'
import { QueueFigures } from './queue-figures.ts'

/** How long a first list waits for a scan that may find something, while nothing is known. */
const firstScanPatience = 1000
/** How long a worker's queue without keys is left alone. */
const missedFor = 10_000

/**
 * The queues of one environment and their newest figures. A name enters by being remembered or found
 * and is kept only once its keys were read; it leaves when none of its keys is left.
 */
export class QueueBook {
  readonly discovery: QueueDiscovery
  readonly #environment: string
  readonly #reader: QueueReader
  readonly #remembered: KnownQueues
  readonly #figures = new Map<string, QueueFigures>()
  readonly #missed = new Map<string, number>()
  #changed: () => void = () => {}

  constructor(parts: {
    environment: string
    link: EnvironmentLink
    reader: QueueReader
    known: KnownQueues
    log: Log
  }) {
    this.#environment = parts.environment
    this.#reader = parts.reader
    this.#remembered = parts.known
    for (const name of parts.known.list(parts.environment)) {
      this.#figures.set(name, new QueueFigures())
    }
    this.discovery = new QueueDiscovery({
      link: parts.link,
      reader: parts.reader,
      log: parts.log,
      found: (queues, urgency) => this.#found(queues, urgency),
      changed: () => this.#changed(),
    })
  }

  /** Calls back when discovery found something or went on. */
  onChange(changed: () => void): void {
    this.#changed = changed
  }

  names(): string[] {
    return [...this.#figures.keys()]
  }

  /** Those that cannot show yet, since they were never read. */
  unread(): string[] {
    return this.names().filter((name) => this.#isUnread(name))
  }

  /** The newest figures; a remembered queue shows once it was read. */
  list(): QueueList {
    const queues = [...this.#figures.values()]
      .map(({ latest }) => latest)
      .filter((queue) => queue !== null)
      .sort((one, other) => (one.name < other.name ? -1 : 1))
    return { queues, discovery: this.discovery.state() }
  }

  /** Reads these queues and drops those that are gone. */
  async refresh(queues: readonly string[], options: ReadOptions): Promise<void> {
    const { readings, gone, connected } = await this.#reader.read(queues, options)
    for (const reading of readings) {
      const figures = this.#figures.get(reading.name) ?? new QueueFigures()
      // What had to wait may come after what was read meanwhile.
      if (reading.at >= (figures.latest?.readAt ?? 0)) figures.take(reading)
      this.#figures.set(reading.name, figures)
    }
    for (const name of gone) this.#figures.delete(name)
    if (gone.length > 0) this.#remembered.forget(this.#environment, gone)
    const strangers = connected.filter((name) => !this.#figures.has(name))
    await this.#meet(strangers, options.urgency)
  }

  /** Everything known, read now. */
  async readAll(): Promise<QueueList> {
    if (this.#figures.size === 0) await this.discovery.settled(firstScanPatience)
    await this.refresh(this.names(), { fresh: true, urgency: 'interactive' })
    return this.list()
  }

  /** Reads a queue and remembers it; null when none of its keys exists. */
  async add(queue: string): Promise<Queue | null> {
    await this.refresh([queue], { fresh: true, urgency: 'interactive' })
    const latest = this.#figures.get(queue)?.latest ?? null
    if (latest !== null) this.#remembered.remember(this.#environment, [queue])
    this.#changed()
    return latest
  }

  /** A worker's queue shows as soon as it has keys; one that has none is not asked for each time. */
  async #meet(queues: readonly string[], urgency: Urgency): Promise<void> {
    const now = Date.now()
    const due = queues.filter((queue) => now - (this.#missed.get(queue) ?? 0) > missedFor)
    if (due.length === 0) return
    for (const queue of due) this.#missed.set(queue, now)
    await this.#found(due, urgency)
  }

  async #found(queues: readonly string[], urgency: Urgency): Promise<void> {
    const unread = queues.filter((queue) => this.#isUnread(queue))
    if (unread.length > 0) await this.refresh(unread, { fresh: false, urgency })
    this.#remembered.remember(
      this.#environment,
      queues.filter((queue) => this.#figures.has(queue)),
    )
    this.#changed()
  }

  #isUnread(queue: string): boolean {
    return (this.#figures.get(queue)?.latest ?? null) === null
  }
}
