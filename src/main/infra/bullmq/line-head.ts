import { type Batch, numberOf, textOf } from './batch.ts'
import { isMarkerId, jobKey } from './keys.ts'

/**
 * When the job at the head of a queue's line was added. Its id comes with one reading and its time
 * with the next, so that no reading needs a second round trip.
 */
export class LineHead {
  readonly #prefix: string
  readonly #queue: string
  /** `undefined` until its time was fetched. */
  #head: { id: string; addedAt: number | null | undefined } | null = null
  #previous: number | null = null

  constructor(prefix: string, queue: string) {
    this.#prefix = prefix
    this.#queue = queue
  }

  get pending(): boolean {
    return this.#head !== null && this.#head.addedAt === undefined
  }

  /** Until the time of a new head is there, that of the one before it stands in. */
  get addedAt(): number | null {
    if (this.#head === null) return null
    return this.#head.addedAt === undefined ? this.#previous : this.#head.addedAt
  }

  ask(batch: Batch): () => void {
    const head = this.#head
    if (head === null || head.addedAt !== undefined) return () => {}
    const addedAt = batch.add('hget', jobKey(this.#prefix, this.#queue, head.id), 'timestamp')
    return () => {
      head.addedAt = numberOf(textOf(addedAt()))
    }
  }

  /** Takes the lines in the order workers serve them, each with its next job last. */
  move(lines: readonly (readonly string[])[]): void {
    const next = lines
      .map((ids) => ids.findLast((id) => !isMarkerId(id)))
      .find((id) => id !== undefined)
    if (next === this.#head?.id) return
    this.#previous = next === undefined ? null : this.addedAt
    this.#head = next === undefined ? null : { id: next, addedAt: undefined }
  }
}
