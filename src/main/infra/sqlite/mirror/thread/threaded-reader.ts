import type { FailurePicking, FailureQuery, MirrorReader, SearchQuery } from '#core/mirror/ports.ts'
import type { Asked } from './asked.ts'
import { ReaderQueue } from './reader-queue.ts'

type Result<Name extends keyof MirrorReader> = ReturnType<MirrorReader[Name]>

/**
 * Queries on two threads that all environments share: one for what a person waits for while typing, one for
 * what may take its time (facets, exports, one group in detail).
 */
export class ThreadedReader implements MirrorReader {
  readonly #fileOf: (environment: string) => string
  readonly #asked: Asked
  readonly #quick = new ReaderQueue()
  readonly #slow = new ReaderQueue()

  constructor(fileOf: (environment: string) => string, asked: Asked) {
    this.#fileOf = fileOf
    this.#asked = asked
  }

  async search(environment: string, query: SearchQuery, signal?: AbortSignal): Result<'search'> {
    // What waits for a page does not wait behind another page where the other thread has nothing to do.
    const slow = query.bulk === true || (this.#quick.isBusy && !this.#slow.isBusy)
    const thread = slow ? this.#slow : this.#quick
    const file = this.#fileOf(environment)
    this.#asked.add()
    return (await thread.call('search', [file, query], signal)) as Awaited<Result<'search'>>
  }

  async facets(
    environment: string,
    query: Parameters<MirrorReader['facets']>[1],
    signal?: AbortSignal,
  ): Result<'facets'> {
    const file = this.#fileOf(environment)
    this.#asked.add()
    return (await this.#slow.call('facets', [file, query], signal)) as Awaited<Result<'facets'>>
  }

  async failures(
    environment: string,
    query: FailureQuery & FailurePicking,
    signal?: AbortSignal,
  ): Result<'failures'> {
    const file = this.#fileOf(environment)
    this.#asked.add()
    return (await this.#quick.call('failures', [file, query], signal)) as Awaited<
      Result<'failures'>
    >
  }

  async failure(
    environment: string,
    groups: readonly string[],
    query: FailureQuery,
    signal?: AbortSignal,
  ): Result<'failure'> {
    const file = this.#fileOf(environment)
    this.#asked.add()
    return (await this.#slow.call('failure', [file, groups, query], signal)) as Awaited<
      Result<'failure'>
    >
  }

  async knownFailures(environment: string, groups: readonly string[]): Result<'knownFailures'> {
    return (await this.#ask(this.#slow, 'knownFailures', environment, groups)) as string[]
  }

  async largestPart(environment: string, group: string): Result<'largestPart'> {
    return (await this.#ask(this.#slow, 'largestPart', environment, group)) as string | null
  }

  /** Closes the file, so that it can be deleted; the next query opens it again. */
  async release(environment: string): Promise<void> {
    const file = this.#fileOf(environment)
    await Promise.all(
      [this.#quick, this.#slow].map(async (thread) =>
        thread.isRunning ? thread.call('release', [file]) : null,
      ),
    )
  }

  async #ask(
    thread: ReaderQueue,
    method: string,
    environment: string,
    ...query: readonly unknown[]
  ): Promise<unknown> {
    this.#asked.add()
    return thread.call(method, [this.#fileOf(environment), ...query])
  }

  async close(): Promise<void> {
    await Promise.all(
      [this.#quick, this.#slow].map(async (thread) => {
        if (thread.isRunning) await thread.call('close', []).catch(() => {})
        await thread.end()
      }),
    )
  }
}
