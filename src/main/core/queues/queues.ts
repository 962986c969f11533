import type { Discovery, Queue, QueueList } from '#shared/contract/queues.ts'
import { ConsoleError } from '#shared/errors.ts'
import { ofEnvironment } from '../environments/environments.ts'
import type { EnvironmentLink } from '../environments/ports.ts'
import type { Log, QueueService } from '../services.ts'
import { QueueMonitor } from './monitor.ts'
import type { KnownQueues, QueueReader } from './ports.ts'
import { QueueBook } from './queue-book.ts'

/** The queues of all environments. Starts discovery at once; `close` ends it. */
export class Queues implements QueueService {
  readonly #entries: ReadonlyMap<string, { book: QueueBook; monitor: QueueMonitor }>

  constructor(parts: {
    environments: ReadonlyMap<string, { link: EnvironmentLink; reader: QueueReader }>
    known: KnownQueues
    log: Log
  }) {
    const { known, log } = parts
    this.#entries = new Map(
      [...parts.environments].map(([environment, { link, reader }]) => {
        const book = new QueueBook({ environment, link, reader, known, log })
        return [environment, { book, monitor: new QueueMonitor({ book, link, log }) }]
      }),
    )
  }

  list(environment: string): Promise<QueueList> {
    return ofEnvironment(this.#entries, environment).book.readAll()
  }

  watch(
    environment: string,
    visible: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<QueueList, void, undefined> {
    return ofEnvironment(this.#entries, environment).monitor.watch(visible, signal)
  }

  async add(environment: string, queue: string): Promise<Queue> {
    const { book } = ofEnvironment(this.#entries, environment)
    // BullMQ refuses a colon; without this a job's or a key's name would pass for a queue.
    if (queue.trim() === '' || queue.includes(':')) {
      throw new ConsoleError('QUEUE_NAME_INVALID', { queue })
    }
    const added = await book.add(queue)
    if (added === null) throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
    return added
  }

  async rescan(environment: string): Promise<Discovery> {
    return ofEnvironment(this.#entries, environment).book.discovery.rescan()
  }

  /** Names of all known queues of an environment, without asking Redis. */
  names(environment: string): string[] {
    return ofEnvironment(this.#entries, environment).book.names()
  }

  close(): void {
    for (const { book, monitor } of this.#entries.values()) {
      book.discovery.close()
      monitor.close()
    }
  }
}
