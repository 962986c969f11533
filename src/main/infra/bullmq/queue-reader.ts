import type { QueueReader, QueueReading, QueueReadings } from '#core/queues/ports.ts'
import { firstPrefix } from '#shared/domain/queue-reference.ts'
import { Batch, countOf, idsOf, type PipelineSender, textOf } from './batch.ts'
import { clientNames } from './client-names.ts'
import { queueOfClientName, queueOfKey } from './keys.ts'
import { QueueProbe } from './queue-probe.ts'
import { type WorkerCounts, workerCounts } from './workers.ts'

const scanStep = 1000
/** Workers come and go slowly, and their list is long where there are many clients. */
const workersLast = 2500

/** What a queue reader needs of the connection. */
export interface QueueSource extends PipelineSender {
  role(): 'primary' | 'replica' | null
}

export class RedisQueueReader implements QueueReader {
  readonly #source: QueueSource
  readonly #prefixes: readonly string[]
  readonly #probes = new Map<string, QueueProbe>()
  #workers: { counts: WorkerCounts; at: number } | null = null

  constructor(source: QueueSource, prefixes: readonly string[]) {
    this.#source = source
    this.#prefixes = prefixes
  }

  async read(queues: readonly string[], { fresh }: { fresh: boolean }): Promise<QueueReadings> {
    const now = Date.now()
    const batch = new Batch()
    const unmet = queues.filter((queue) => !this.#probes.has(queue))
    const asked = queues.map((queue) => this.#probe(queue).ask(batch, now, fresh))
    const takeWorkers = this.#askWorkers(batch, now, fresh)
    await batch.send(this.#source)
    const workers = takeWorkers()
    const results = asked.map((take) => take(workers))

    const readings = results.filter(
      (result): result is QueueReading => result !== 'gone' && !(result instanceof Error),
    )
    const gone = queues.filter((_, index) => results[index] === 'gone')
    for (const queue of gone) this.#probes.delete(queue)
    const denied = results.find((result) => result instanceof Error)
    if (denied !== undefined && readings.length === 0) throw this.#source.consoleError(denied)
    return {
      readings: await this.#withHeads(readings, fresh ? queues : unmet),
      gone,
      connected: [...(workers?.keys() ?? [])],
    }
  }

  async scan(cursor: string): Promise<{ cursor: string; queues: string[]; keys: number }> {
    const [reply] = await this.#one([
      'scan',
      cursor,
      'MATCH',
      queuePattern(this.#prefixes),
      'COUNT',
      scanStep,
    ])
    const [next, keys] = Array.isArray(reply) ? reply : ['0', []]
    const queues = idsOf(keys).map((key) => queueOfKey(this.#prefixes, key))
    return {
      cursor: textOf(next) ?? '0',
      queues: [...new Set(queues.filter((queue) => queue !== null))],
      keys: scanStep,
    }
  }

  async keyCount(): Promise<number> {
    return countOf((await this.#one(['dbsize']))[0])
  }

  async connected(): Promise<string[]> {
    const [reply] = await this.#one(['client', 'LIST'])
    const queues = clientNames(textOf(reply) ?? '').map(
      (name) => queueOfClientName(this.#prefixes, name)?.queue,
    )
    return [...new Set(queues.filter((queue) => queue !== undefined))]
  }

  async #one(command: Parameters<PipelineSender['pipeline']>[0][number]): Promise<unknown[]> {
    const replies = await this.#source.pipeline([command])
    if (replies[0] instanceof Error) throw this.#source.consoleError(replies[0])
    return replies
  }

  #probe(queue: string): QueueProbe {
    const known = this.#probes.get(queue) ?? new QueueProbe(firstPrefix(this.#prefixes), queue)
    this.#probes.set(queue, known)
    return known
  }

  #askWorkers(batch: Batch, now: number, fresh: boolean): () => WorkerCounts {
    // A replica sees only its own clients: workers are connected to the primary.
    if (this.#source.role() === 'replica') return () => null
    const last = this.#workers
    if (!fresh && last !== null && now - last.at < workersLast) return () => last.counts
    const reply = batch.add('client', 'LIST')
    return () => {
      const counts = workerCounts(reply(), this.#prefixes)
      this.#workers = { counts, at: now }
      return counts
    }
  }

  /** A first reading may take a second trip for what later ones bring along. */
  async #withHeads(readings: QueueReading[], unmet: readonly string[]): Promise<QueueReading[]> {
    const batch = new Batch()
    const pending = unmet
      .map((queue) => this.#probes.get(queue))
      .filter((probe) => probe?.head.pending === true)
      .map((probe) => probe?.head.ask(batch))
    if (pending.length === 0) return readings
    await batch.send(this.#source)
    for (const take of pending) take?.()
    return readings.map((reading) => ({
      ...reading,
      oldestWaitingAt: this.#probes.get(reading.name)?.head.addedAt ?? null,
    }))
  }
}

/**
 * One pattern for `:meta` and `:id` under all prefixes: a scan goes through every key of the database
 * whatever it looks for, so one for each prefix would cost as many times as much. What it lets through
 * besides is little, and `queueOfKey` is exact.
 */
export function queuePattern(prefixes: readonly string[]): string {
  const [first = '', ...others] = prefixes
  if (others.length === 0) return `${escapeGlob(first)}:*:[im]*[da]`
  let length = 0
  while (length < first.length && others.every((other) => other[length] === first[length])) {
    length += 1
  }
  // Half of a surrogate pair would be sent as another character.
  const shared = first.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
  return `${escapeGlob(shared)}*:*:[im]*[da]`
}

function escapeGlob(text: string): string {
  return text.replaceAll(/[\\*?[\]]/g, String.raw`\$&`)
}
