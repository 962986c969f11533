import { Buffer } from 'node:buffer'
import type { JobReader, PageQuery, StateEntry, StatePage } from '#core/jobs/ports.ts'
import type { JobDetail, JobRow, JobValue, LogPage, jobFields } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { firstPrefix, isQueueReference } from '#shared/domain/queue-reference.ts'
import { ConsoleError } from '#shared/errors.ts'
import { Batch, countOf, type PipelineSender } from '../batch.ts'
import { denialIn } from '../denial.ts'
import { placesOf, stillIn } from '../job-place.ts'
import { jobKey, queueKey, stateKeys } from '../keys.ts'
import { isInLists } from '../list-search.ts'
import { readDetail } from './job-detail.ts'
import { readLogs } from './job-logs.ts'
import { readRaw } from './job-raw.ts'
import { readRows } from './job-rows.ts'
import { longestValue, wholeValue } from './job-values.ts'
import { readStatePage } from './state-page.ts'

/** Raw, pipelined reads of one environment's jobs. Works with read-only rights; never writes. */
export class BullmqJobReader implements JobReader {
  readonly #sender: PipelineSender
  /** Hands out refusals as replies, where one queue's must not spoil the others'. */
  readonly #lenient: PipelineSender
  readonly #prefixes: readonly string[]
  readonly #prefix: string

  /** Reads queues under these prefixes alone; of others it throws QUEUE_NOT_FOUND. */
  constructor(sender: PipelineSender, prefixes: readonly string[]) {
    this.#sender = refusing(sender)
    this.#lenient = sender
    this.#prefixes = prefixes
    this.#prefix = firstPrefix(prefixes)
  }

  async page(query: PageQuery): Promise<StatePage | null> {
    this.#expectInside(query.queue)
    return readStatePage(this.#sender, this.#prefix, query)
  }

  async rows(queue: string, state: JobState, entries: readonly StateEntry[]): Promise<JobRow[]> {
    this.#expectInside(queue)
    const subjects = entries.map((entry) => ({ ...entry, queue, state }))
    return readRows(this.#sender, this.#prefix, subjects)
  }

  async present(queue: string, state: JobState, ids: readonly string[]): Promise<StateEntry[]> {
    this.#expectInside(queue)
    return stillIn(this.#sender, this.#prefix, queue, state, ids)
  }

  async find(queues: readonly string[], id: string): Promise<(JobRow & { queue: string })[]> {
    for (const queue of queues) this.#expectInside(queue)
    const batch = new Batch()
    const asked = queues.map((queue) => ({
      queue,
      // `meta` and the like are hashes too, but only a job has a time.
      isJob: batch.add('hexists', jobKey(this.#prefix, queue, id), 'timestamp'),
    }))
    await batch.send(this.#lenient)
    const found = asked.filter(({ isJob }) => countOf(isJob()) === 1)
    const jobs = found.map(({ queue }) => ({ queue, job: id }))
    const places = await placesOf(this.#sender, this.#prefix, jobs)
    const subjects = jobs.map(({ queue }, index) => ({
      queue,
      id,
      state: places[index]?.state ?? ('unknown' as const),
      score: places[index]?.score ?? null,
    }))
    return readRows(this.#sender, this.#prefix, subjects)
  }

  async detail(queue: string, job: string): Promise<JobDetail | null> {
    this.#expectInside(queue)
    return readDetail(this.#sender, this.#prefix, queue, job)
  }

  /** @throws ConsoleError VALUE_TOO_LARGE. */
  async value(
    queue: string,
    job: string,
    field: (typeof jobFields)[number],
  ): Promise<JobValue | null> {
    this.#expectInside(queue)
    const sizes = new Batch()
    const key = jobKey(this.#prefix, queue, job)
    const isJob = sizes.add('hexists', key, 'timestamp')
    const length = sizes.add('hstrlen', key, field)
    await sizes.send(this.#sender)
    if (countOf(isJob()) === 0) return null
    const [size, limit] = [countOf(length()), longestValue]
    if (size > limit) throw new ConsoleError('VALUE_TOO_LARGE', { job, field, size, limit })
    const batch = new Batch()
    const bytes = batch.add('hgetBuffer', key, field)
    await batch.send(this.#sender)
    const value = bytes()
    return wholeValue(Buffer.isBuffer(value) ? value : Buffer.alloc(0))
  }

  async raw(queue: string, job: string) {
    this.#expectInside(queue)
    return readRaw(this.#sender, this.#prefix, queue, job)
  }

  async logs(queue: string, job: string, start: number, limit: number): Promise<LogPage | null> {
    this.#expectInside(queue)
    return readLogs(this.#sender, this.#prefix, { queue, job }, { start, limit })
  }

  async isActive(queue: string, job: string): Promise<boolean> {
    this.#expectInside(queue)
    const key = queueKey(this.#prefix, queue, stateKeys.active.suffix)
    const [active] = await isInLists(this.#sender, [{ key, id: job }])
    return active === true
  }

  async queueExists(queue: string): Promise<boolean> {
    const page = await this.page({ queue, state: 'active', limit: 1, after: null })
    return page !== null
  }

  #expectInside(queue: string): void {
    if (isQueueReference(this.#prefixes, queue)) return
    throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
  }
}

/** A sender that says PERMISSION_DENIED instead of handing out replies that look like nothing is there. */
function refusing(sender: PipelineSender): PipelineSender {
  return {
    environment: sender.environment,
    consoleError: (error) => sender.consoleError(error),
    async pipeline(commands) {
      const replies = await sender.pipeline(commands)
      // Who may not ask what a key takes is asked for more sizes instead.
      const needed = replies.filter((_, index) => commands[index]?.[0] !== 'memory')
      const denial = denialIn(sender, needed)
      if (denial !== null) throw denial
      return replies
    },
  }
}
