import type { Database } from 'better-sqlite3'
import type { QueueMark } from '#core/mirror/ports.ts'

/** Queues by the numbers they have in the file, and what the sync remembers of them. */
export class QueueTable {
  readonly #insert
  readonly #setMark
  readonly #all
  readonly #ids = new Map<string, number>()

  constructor(database: Database) {
    this.#insert = database.prepare<[string]>('INSERT INTO queue (name) VALUES (?)')
    this.#setMark = database.prepare<[string | null, number]>(
      'UPDATE queue SET mark = ? WHERE id = ?',
    )
    this.#all = database.prepare<[], { id: number; name: string; mark: string | null }>(
      'SELECT id, name, mark FROM queue',
    )
    this.load()
  }

  load(): void {
    this.#ids.clear()
    for (const { id, name } of this.#all.all()) this.#ids.set(name, id)
  }

  /** Its number, made where it is new. */
  idOf(queue: string): number {
    const known = this.#ids.get(queue)
    if (known !== undefined) return known
    const id = Number(this.#insert.run(queue).lastInsertRowid)
    this.#ids.set(queue, id)
    return id
  }

  /** Its number; null for one that was never written. */
  find(queue: string): number | null {
    return this.#ids.get(queue) ?? null
  }

  entries(): IterableIterator<[string, number]> {
    return this.#ids.entries()
  }

  marks(): QueueMark[] {
    return this.#all
      .all()
      .flatMap(({ mark }) => (mark === null ? [] : [JSON.parse(mark) as QueueMark]))
  }

  setMark(mark: QueueMark): void {
    this.#setMark.run(JSON.stringify(mark), this.idOf(mark.queue))
  }

  clearMark(queue: string): void {
    const id = this.find(queue)
    if (id !== null) this.#setMark.run(null, id)
  }
}
