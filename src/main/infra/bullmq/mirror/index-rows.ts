import { indexFields, type PackedFields, type RawFields } from '#core/mirror/ports.ts'
import { Batch, countOf, textOf, textsOf, type PipelineSender } from '../batch.ts'
import type { RedisLink } from '../../redis/link.ts'
import { RepliesTooLarge } from '../../redis/packed-replies.ts'
import { jobKey } from '../keys.ts'
import { beginningOf, isLong, isLongError, sizeText } from '../long-text.ts'

type IndexField = (typeof indexFields)[number]

/** What whoever adds a job may make as long as they like; BullMQ itself writes the rest. */
const texts: readonly IndexField[] = [
  'name',
  'opts',
  'rjk',
  'parentKey',
  'parent',
  'failedReason',
  'progress',
]

const errorAt = indexFields.indexOf('failedReason')

/** Jobs, and their bytes or so, in one reading that is not looked into. */
const mostAtOnce = 1000
const bytesAtOnce = 1024 * 1024
/** Jobs in the first such reading of a queue; twice as many in each further one. */
const firstAtOnce = 20
/** Jobs of a queue that is not trusted in one reading: even if all their texts are just not long. */
const doubtedAtOnce = 200

/** Bytes of long errors in one reply. */
const errorsAtOnce = 1024 * 1024

export type BulkSender = PipelineSender & Pick<RedisLink, 'bulk' | 'packed'>

/** So many jobs without a long text, and a queue is trusted again. */
const trustAfter = 5000

/**
 * Reads index fields. Most jobs have short ones, and asking for each length would double what it costs; so a
 * queue is trusted, with more jobs each time, until it shows a long text, and from then on asked for the lengths
 * first. A long text is told by its size, and a long error by its beginning.
 */
export class IndexRows {
  readonly #sender: BulkSender
  readonly #prefix: string
  /** Jobs to be seen before a queue is trusted; 0 for one that is. */
  readonly #doubts = new Map<string, number>()
  /** Jobs in the next reading of a queue that is trusted. */
  readonly #atOnce = new Map<string, number>()

  constructor(sender: BulkSender, prefix: string) {
    this.#sender = sender
    this.#prefix = prefix
  }

  /** In the order of `ids`; null where there is no hash. */
  async read(queue: string, ids: readonly string[]): Promise<(RawFields | null)[]> {
    const read: (RawFields | null)[] = []
    if (!this.#doubts.has(queue)) this.#doubts.set(queue, 0)
    while (read.length < ids.length) {
      const rest = ids.slice(read.length)
      const rows =
        this.#doubts.get(queue) === 0
          ? await this.#unlessLarge(queue, () =>
              this.#trusting(queue, rest.slice(0, this.#next(queue))),
            )
          : await this.#doubting(queue, rest.slice(0, doubtedAtOnce))
      for (const row of rows ?? []) read.push(row)
    }
    return read
  }

  /** Null where a queue is not trusted, or no longer. */
  async packed(queue: string, ids: readonly string[]): Promise<PackedFields | null> {
    const parts: PackedFields['parts'][number][] = []
    const absent: number[] = []
    for (let start = 0; start < ids.length;) {
      if (this.#doubts.get(queue) !== 0) return null
      const keys = ids
        .slice(start, start + this.#next(queue))
        .map((id) => jobKey(this.#prefix, queue, id))
      const replies = await this.#unlessLarge(queue, () =>
        this.#sender.packed('hmget', keys, indexFields),
      )
      if (replies === null) return null
      if (isLong(replies.longest)) this.#doubt(queue)
      for (const place of replies.empty) absent.push(start + place)
      parts.push({ bytes: replies.bytes, starts: replies.starts })
      start += keys.length
      this.#learn(queue, keys.length, replies.bytes.length)
    }
    return this.#doubts.get(queue) === 0 ? { parts, absent } : null
  }

  #next(queue: string): number {
    return this.#atOnce.get(queue) ?? firstAtOnce
  }

  #learn(queue: string, jobs: number, bytes: number): void {
    const before = this.#next(queue)
    const fitting = Math.floor((bytesAtOnce * jobs) / Math.max(1, bytes))
    const grown = jobs < before ? before : before * 2
    this.#atOnce.set(queue, Math.max(1, Math.min(mostAtOnce, grown, fitting)))
  }

  #doubt(queue: string): void {
    this.#doubts.set(queue, trustAfter)
    this.#atOnce.delete(queue)
  }

  /** Null where the replies were too large: then the queue is not trusted any more. */
  async #unlessLarge<Replies>(
    queue: string,
    read: () => Promise<Replies>,
  ): Promise<Replies | null> {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof RepliesTooLarge)) throw error
      this.#doubt(queue)
      return null
    }
  }

  async #trusting(queue: string, ids: readonly string[]): Promise<(RawFields | null)[]> {
    const replies = await this.#sender.bulk(
      ids.map((id) => ['hmget', jobKey(this.#prefix, queue, id), ...indexFields]),
    )
    let characters = 0
    let long = false
    const rows = replies.map((reply) => {
      const fields = fieldsOf(reply)
      if (fields === null) return null
      for (const text of fields) characters += text?.length ?? 0
      if (!fields.some((text) => text !== null && isLong(text.length))) return fields
      long = true
      return fields.map((text, at) => (text === null ? null : shownOf(text, at)))
    })
    if (long) this.#doubt(queue)
    else this.#learn(queue, ids.length, characters)
    return rows
  }

  async #doubting(queue: string, ids: readonly string[]): Promise<(RawFields | null)[]> {
    const sizes = new Batch()
    const asked = ids.map((id) =>
      texts.map((field) => sizes.add('hstrlen', jobKey(this.#prefix, queue, id), field)),
    )
    await sizes.send(this.#sender, 'background')
    const batch = new Batch()
    let long = false
    const read = ids.map((id, index) => {
      const lengths = new Map(
        texts.map((field, at) => [field, countOf(asked[index]?.[at]?.())] as const),
      )
      const shown = indexFields.filter((field) => !isLong(lengths.get(field) ?? 0))
      long ||= shown.length < indexFields.length
      const reply = batch.add('hmget', jobKey(this.#prefix, queue, id), ...shown)
      return { id, lengths, shown, reply }
    })
    await batch.send(this.#sender, 'background')
    const errors = await this.#errors(
      queue,
      read.map(({ id, lengths }) => ({ id, size: lengths.get('failedReason') ?? 0 })),
    )
    this.#doubts.set(
      queue,
      long ? trustAfter : Math.max(0, (this.#doubts.get(queue) ?? 0) - ids.length),
    )
    return read.map(({ id, lengths, shown, reply }) => {
      const values = fieldsOf(reply())
      if (values === null) return null
      return indexFields.map((field) => {
        const at = shown.indexOf(field)
        const error = field === 'failedReason' ? errors.get(id) : undefined
        if (error !== undefined) return error
        return at === -1 ? sizeText(lengths.get(field) ?? 0) : (values[at] ?? null)
      })
    })
  }

  /** Of those that are long, but not too long to be fetched: how they begin. A few at a time. */
  async #errors(
    queue: string,
    jobs: readonly { id: string; size: number }[],
  ): Promise<ReadonlyMap<string, string>> {
    const long = jobs.filter(({ size }) => isLong(size) && !isLongError(size))
    const errors = new Map<string, string>()
    for (let next = 0; next < long.length;) {
      const batch = new Batch()
      const asked: { id: string; reply: () => unknown }[] = []
      let bytes = 0
      do {
        const { id, size } = long[next] ?? { id: '', size: 0 }
        asked.push({
          id,
          reply: batch.add('hget', jobKey(this.#prefix, queue, id), 'failedReason'),
        })
        bytes += size
        next += 1
      } while (next < long.length && bytes + (long[next]?.size ?? 0) <= errorsAtOnce)
      await batch.send(this.#sender, 'background')
      for (const { id, reply } of asked) {
        const error = textOf(reply())
        if (error !== null) errors.set(id, beginningOf(error))
      }
    }
    return errors
  }
}

/** What is kept of a field that may be long. */
function shownOf(text: string, at: number): string {
  if (!isLong(text.length)) return text
  const size = Buffer.byteLength(text)
  return at === errorAt && !isLongError(size) ? beginningOf(text) : sizeText(size)
}

function fieldsOf(reply: unknown): RawFields | null {
  const values = textsOf(reply)
  return values.every((value) => value === null) ? null : values
}
