import type { Discovery, Queue, QueueList } from '#shared/contract/queues.ts'
import { isQueueReference } from '#shared/domain/queue-reference.ts'
import { ConsoleError } from '#shared/errors.ts'
import { ofEnvironment } from '../environments/environments.ts'
import type { EnvironmentRegistry } from '../environments/registry.ts'
import type { Log, QueueService } from '../services.ts'
import { QueueMonitor } from './monitor.ts'
import type { KnownQueues } from './ports.ts'
import { QueueBook } from './queue-book.ts'

/** The queues of all environments that come and go. Discovery starts with each; `close` ends it. */
export class Queues implements QueueService {
  readonly #entries = new Map<
    string,
    { book: QueueBook; monitor: QueueMonitor; prefixes: readonly string[] }
  >()

  constructor(parts: { registry: EnvironmentRegistry; known: KnownQueues; log: Log }) {
    const { registry, known, log } = parts
    registry.follow({
      opened: ({
        id: environment,
        profile: { prefixes },
        parts: { link, queueReader: reader },
      }) => {
        const book = new QueueBook({ environment, link, reader, known, log })
        const monitor = new QueueMonitor({ book, link, log })
        this.#entries.set(environment, { book, monitor, prefixes })
      },
      closed: ({ id }) => {
        this.#close(id)
      },
    })
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
    const { book, prefixes } = ofEnvironment(this.#entries, environment)
    // Without this a job's or a key's name would pass for a queue, and so would another application's.
    if (!isQueueReference(prefixes, queue)) throw new ConsoleError('QUEUE_NAME_INVALID', { queue })
    const added = await book.add(queue)
    if (added === null) throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
    return added
  }

  async rescan(environment: string): Promise<Discovery> {
    return ofEnvironment(this.#entries, environment).book.discovery.rescan()
  }

  /** Names of all known queues of an environment, without asking Redis. */
  names(environment: string): string[] {
    return this.#entries.get(environment)?.book.names() ?? []
  }

  /** Whether all of them are known, as far as they can be found: they were looked for once, or that failed. */
  areKnown(environment: string): 'yes' | 'not yet' | 'failed' {
    const state = this.#entries.get(environment)?.book.discovery.state()
    if (state === undefined) return 'not yet'
    if (state.finishedAt !== null) return 'yes'
    return state.state === 'failed' ? 'failed' : 'not yet'
  }

  close(): void {
    for (const environment of this.#entries.keys()) this.#close(environment)
  }

  #close(environment: string): void {
    const entry = this.#entries.get(environment)
    this.#entries.delete(environment)
    entry?.book.discovery.close()
    entry?.monitor.end()
  }
}
