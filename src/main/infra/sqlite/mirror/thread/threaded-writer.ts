import type { MirrorSettings } from '#shared/contract/mirror.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import type {
  Grouping,
  JobsBatch,
  MirrorCounts,
  MirrorWriter,
  QueueMark,
  RawDetails,
} from '#core/mirror/ports.ts'
import type { Asked } from './asked.ts'
import { Thread } from './thread.ts'
import { threadScript } from './thread-script.ts'

type Result<Name extends keyof MirrorWriter> = ReturnType<MirrorWriter[Name]>

export interface ThreadedWriterOptions {
  file: string
  /** The first key prefix of the environment. */
  prefix: string
  /** Queries, of whatever file: what can wait gives way to them. */
  asked: Asked
  /** Lets go of the file wherever else it is open, before it is deleted. */
  release: () => Promise<void>
}

/** A mirror file written by a thread of its own, which begins with `open` and ends with `close`. */
export class ThreadedWriter implements MirrorWriter {
  readonly #thread: Thread
  readonly #release: () => Promise<void>
  /** What it was opened with last: a thread that had to be started anew does not know. */
  #opened: [settings: MirrorSettings, grouping: Grouping] | null = null

  constructor({ file, prefix, asked, release }: ThreadedWriterOptions) {
    this.#thread = new Thread(threadScript('writer'), { file, prefix, asked: asked.shared })
    this.#release = release
  }

  async open(settings: MirrorSettings, grouping: Grouping): Promise<MirrorCounts> {
    this.#opened = [settings, grouping]
    return this.#call('open', settings, grouping)
  }

  async rebuild(): Promise<MirrorCounts> {
    await this.#release()
    return (await this.#thread.call('rebuild', ...(this.#opened ?? []))) as MirrorCounts
  }

  async counts(): Promise<MirrorCounts> {
    return this.#call('counts')
  }

  async census(): Result<'census'> {
    return this.#call('census')
  }

  async marks(): Promise<QueueMark[]> {
    return this.#call('marks')
  }

  async mark(mark: QueueMark): Promise<void> {
    return this.#call('mark', mark)
  }

  async write(batch: JobsBatch): Promise<MirrorCounts> {
    const { packed } = batch
    const memory =
      packed === undefined
        ? []
        : [packed.scores, ...packed.fields.parts.flatMap(({ bytes, starts }) => [bytes, starts])]
    const handed = memory.map(({ buffer }) => buffer)
    return (await this.#thread.hand(handed, 'write', batch)) as MirrorCounts
  }

  async ids(
    queue: string,
    state: JobState,
    range?: { from: number; to: number },
  ): Promise<string[]> {
    return this.#call('ids', queue, state, range)
  }

  async idsAfter(
    queue: string,
    state: JobState,
    after: number | null,
    count: number,
  ): Result<'idsAfter'> {
    return this.#call('idsAfter', queue, state, after, count)
  }

  async buckets(queue: string, state: JobState, edges: readonly number[]): Promise<number[]> {
    return this.#call('buckets', queue, state, edges)
  }

  async goneBelow(queue: string, state: JobState, score: number, at: number): Promise<number> {
    return this.#call('goneBelow', queue, state, score, at)
  }

  async markGone(queue: string, ids: readonly string[], at: number): Promise<void> {
    return this.#call('markGone', queue, ids, at)
  }

  async forgetQueue(queue: string, at: number): Promise<void> {
    return this.#call('forgetQueue', queue, at)
  }

  async undetailed(limit: number): Result<'undetailed'> {
    return this.#call('undetailed', limit)
  }

  async writeDetails(
    queue: string,
    details: readonly (RawDetails | { id: string; missing: true })[],
  ): Promise<MirrorCounts> {
    return this.#call('writeDetails', queue, details)
  }

  reread(queue: string): Promise<MirrorCounts> {
    return this.#call('reread', queue)
  }

  async configure(settings: MirrorSettings): Promise<MirrorCounts> {
    if (this.#opened !== null) this.#opened[0] = settings
    return this.#call('configure', settings)
  }

  async regroup(grouping: Grouping): Promise<void> {
    if (this.#opened !== null) this.#opened[1] = grouping
    return this.#call('regroup', grouping)
  }

  async indexText(limit: number): Promise<number> {
    return this.#call('indexText', limit)
  }

  async sweep(goneBefore: number): Promise<number> {
    return this.#call('sweep', goneBefore)
  }

  async close(): Promise<void> {
    if (!this.#thread.isRunning) return
    try {
      await this.#thread.call('close')
    } finally {
      await this.#thread.end()
    }
  }

  async #call<Name extends keyof MirrorWriter>(
    method: Name,
    ...args: Parameters<MirrorWriter[Name]>
  ): Promise<Awaited<Result<Name>>> {
    return (await this.#thread.call(method, ...args)) as Awaited<Result<Name>>
  }
}
