import type { QueueReader, QueueReadings, ReadOptions, Urgency } from '#core/queues/ports.ts'
import { firstPrefix } from '#shared/domain/queue-reference.ts'
import { escapeGlob } from '../redis/glob.ts'
import type { PipelineCommand } from '../redis/send-commands.ts'
import { Batch, countOf, idsOf, type PipelineSender, textOf } from './batch.ts'
import { clientNames } from './client-names.ts'
import { queueOfClientName, queueOfKey } from './keys.ts'
import { type ProbeResult, QueueProbe } from './queue-probe.ts'
import { type WorkerCounts, workerCounts } from './workers.ts'

const scanStep = 1000
/** Queues in one round trip of background work: some 250 commands, which Redis answers in under 1 ms. */
const hiddenAtOnce = 16
/** Workers come and go slowly, and their list is long where there are many clients. */
const workersLast = 2500

/** What a queue reader needs of the connection. */
export interface QueueSource extends PipelineSender {
  role(): 'primary' | 'replica' | null
  room(urgency: Urgency): Promise<void>
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

  async read(queues: readonly string[], options: ReadOptions): Promise<QueueReadings> {
    const found: QueueReadings = { readings: [], gone: [], connected: [] }
    let denied: Error | null = null
    const atOnce = options.urgency === 'background' ? hiddenAtOnce : queues.length
    let start = 0
    // Once at least: also without a queue to ask for, it must be told that nobody answers.
    do {
      // Before the commands are made: they ask for what happened up to now.
      await this.#source.room(options.urgency)
      const part = queues.slice(start, start + atOnce)
      const { results, connected } = await this.#readAtOnce(part, options)
      for (const [index, queue] of part.entries()) {
        const result = results[index]
        if (result === 'gone') found.gone.push(queue)
        else if (result instanceof Error) denied = result
        else if (result !== undefined) found.readings.push(result)
      }
      found.connected = connected
      start += atOnce
    } while (start < queues.length)
    if (denied !== null && found.readings.length === 0) throw this.#source.consoleError(denied)
    return found
  }

  async #readAtOnce(
    queues: readonly string[],
    { fresh, urgency }: ReadOptions,
  ): Promise<{ results: ProbeResult[]; connected: string[] }> {
    const now = Date.now()
    const batch = new Batch()
    const unmet = queues.filter((queue) => !this.#probes.has(queue))
    const asked = queues.map((queue) => this.#probe(queue).ask(batch, now, fresh))
    const takeWorkers = this.#askWorkers(batch, now, fresh)
    await batch.send(this.#source, urgency)
    const workers = takeWorkers()
    const results = asked.map((take) => take(workers))
    for (const [index, queue] of queues.entries()) {
      if (results[index] === 'gone') this.#probes.delete(queue)
    }
    return {
      results: await this.#withHeads(results, fresh ? queues : unmet, urgency),
      connected: [...(workers?.keys() ?? [])],
    }
  }

  async scan(cursor: string): Promise<{ cursor: string; queues: string[]; keys: number }> {
    const pattern = queuePattern(this.#prefixes)
    const reply = await this.#one(['scan', cursor, 'MATCH', pattern, 'COUNT', scanStep])
    const [next, keys] = Array.isArray(reply) ? reply : ['0', []]
    const queues = idsOf(keys).map((key) => queueOfKey(this.#prefixes, key))
    return {
      cursor: textOf(next) ?? '0',
      queues: [...new Set(queues.filter((queue) => queue !== null))],
      keys: scanStep,
    }
  }

  async keyCount(): Promise<number> {
    return countOf(await this.#one(['dbsize']))
  }

  async connected(urgency: Urgency): Promise<string[]> {
    const reply = await this.#one(['client', 'LIST'], urgency)
    const queues = clientNames(textOf(reply) ?? '').map(
      (name) => queueOfClientName(this.#prefixes, name)?.queue,
    )
    return [...new Set(queues.filter((queue) => queue !== undefined))]
  }

  async #one(command: PipelineCommand, urgency: Urgency = 'background'): Promise<unknown> {
    const [reply] = await this.#source.pipeline([command], urgency)
    if (reply instanceof Error) throw this.#source.consoleError(reply)
    return reply
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
  async #withHeads(
    results: ProbeResult[],
    unmet: readonly string[],
    urgency: Urgency,
  ): Promise<ProbeResult[]> {
    const batch = new Batch()
    const pending = unmet
      .map((queue) => this.#probes.get(queue))
      .filter((probe) => probe?.head.pending === true)
      .map((probe) => probe?.head.ask(batch))
    if (pending.length === 0) return results
    await batch.send(this.#source, urgency)
    for (const take of pending) take?.()
    return results.map((result) => {
      if (result === 'gone' || result instanceof Error) return result
      return { ...result, oldestWaitingAt: this.#probes.get(result.name)?.head.addedAt ?? null }
    })
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
