import { Buffer } from 'node:buffer'
import type { JobReader, PageQuery, StateEntry, StatePage } from '#core/jobs/ports.ts'
import type { JobDetail, JobRow, JobValue, LogPage, jobFields } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { ConsoleError } from '#shared/errors.ts'
import { Batch, countOf, denialIn, type PipelineSender } from '../batch.ts'
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
  readonly #prefix: string

  constructor(sender: PipelineSender, prefix: string) {
    this.#sender = refusing(sender)
    this.#lenient = sender
    this.#prefix = prefix
  }

  page(query: PageQuery): Promise<StatePage | null> {
    return readStatePage(this.#sender, this.#prefix, query)
  }

  rows(queue: string, state: JobState, entries: readonly StateEntry[]): Promise<JobRow[]> {
    const subjects = entries.map((entry) => ({ ...entry, queue, state }))
    return readRows(this.#sender, this.#prefix, subjects)
  }

  present(queue: string, state: JobState, ids: readonly string[]): Promise<StateEntry[]> {
    return stillIn(this.#sender, this.#prefix, queue, state, ids)
  }

  async find(queues: readonly string[], id: string): Promise<(JobRow & { queue: string })[]> {
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

  detail(queue: string, job: string): Promise<JobDetail | null> {
    return readDetail(this.#sender, this.#prefix, queue, job)
  }

  /** @throws ConsoleError VALUE_TOO_LARGE. */
  async value(
    queue: string,
    job: string,
    field: (typeof jobFields)[number],
  ): Promise<JobValue | null> {
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

  raw(queue: string, job: string) {
    return readRaw(this.#sender, this.#prefix, queue, job)
  }

  logs(queue: string, job: string, start: number, limit: number): Promise<LogPage | null> {
    return readLogs(this.#sender, this.#prefix, { queue, job }, { start, limit })
  }

  async isActive(queue: string, job: string): Promise<boolean> {
    const key = queueKey(this.#prefix, queue, stateKeys.active.suffix)
    const [active] = await isInLists(this.#sender, [{ key, id: job }])
    return active === true
  }

  async queueExists(queue: string): Promise<boolean> {
    const page = await this.page({ queue, state: 'active', limit: 1, after: null })
    return page !== null
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
