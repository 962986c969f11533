import type { JobPage, JobRow, JobValue, LogPage, jobFields } from '#shared/contract/jobs.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { JobAddress, JobListQuery, JobListUpdate, JobService } from '../services.ts'
import { decodeCursor } from './cursor.ts'
import { followList } from './follow-list.ts'
import { followLogs } from './follow-logs.ts'
import { jobPage } from './job-page.ts'
import type { JobReader } from './ports.ts'

export interface JobsParts {
  /** @throws ConsoleError ENVIRONMENT_NOT_FOUND. */
  readerOf: (environment: string) => JobReader
  /** Where `find` looks. */
  queuesOf: (environment: string) => readonly string[]
}

/** Reads jobs live from Redis; never from a copy, and never writing. */
export class Jobs implements JobService {
  readonly #readerOf: JobsParts['readerOf']
  readonly #queuesOf: JobsParts['queuesOf']

  constructor({ readerOf, queuesOf }: JobsParts) {
    this.#readerOf = readerOf
    this.#queuesOf = queuesOf
  }

  async list({ environment, queue, state, limit, cursor }: JobListQuery): Promise<JobPage> {
    const reader = this.#readerOf(environment)
    const after = cursor === undefined ? null : decodeCursor(cursor, state)
    const page = await reader.page({ queue, state, limit, after })
    if (page === null) throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
    return jobPage(page, state, await reader.rows(queue, state, page.entries))
  }

  async *watch(
    query: Omit<JobListQuery, 'cursor'> & { also: readonly string[] },
    signal: AbortSignal,
  ): AsyncGenerator<JobListUpdate, void, undefined> {
    yield* followList(this.#readerOf(query.environment), query, signal)
  }

  async find(environment: string, id: string): Promise<(JobRow & { queue: string })[]> {
    const reader = this.#readerOf(environment)
    return reader.find(this.#queuesOf(environment), id)
  }

  async get(address: JobAddress) {
    return this.#existing(address, (reader) => reader.detail(address.queue, address.job))
  }

  async value(address: JobAddress, field: (typeof jobFields)[number]): Promise<JobValue> {
    return this.#existing(address, (reader) => reader.value(address.queue, address.job, field))
  }

  async raw(address: JobAddress) {
    return this.#existing(address, (reader) => reader.raw(address.queue, address.job))
  }

  async logs(
    address: JobAddress,
    { start, limit }: { start: number; limit: number },
  ): Promise<LogPage> {
    return this.#existing(address, (reader) =>
      reader.logs(address.queue, address.job, start, limit),
    )
  }

  async *followLogs(
    address: JobAddress,
    start: number,
    signal: AbortSignal,
  ): AsyncGenerator<LogPage, void, undefined> {
    yield* followLogs(this.#readerOf(address.environment), address, start, signal)
  }

  async #existing<Result>(
    { environment, queue, job }: JobAddress,
    read: (reader: JobReader) => Promise<Result | null>,
  ): Promise<Result> {
    const reader = this.#readerOf(environment)
    const result = await read(reader)
    if (result !== null) return result
    if (await reader.queueExists(queue)) throw new ConsoleError('JOB_NOT_FOUND', { queue, job })
    throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
  }
}
