import type { Database } from 'better-sqlite3'
import {
  type Fingerprint,
  fingerprintOf,
  splitFingerprint,
} from '#shared/domain/fingerprint/fingerprint.ts'

/** Messages whose groups are in memory: many jobs fail with the very same. */
const sameMessages = 500
/** Groups in memory; beyond, the file is asked. */
const cached = 20_000
const longestStack = 20_000

/** Failure groups by the numbers they have in the file. */
export class FailureGroups {
  readonly #insert
  readonly #select
  readonly #seen
  readonly #stack
  readonly #ids = new Map<string, number>()
  readonly #ofMessages = new Map<string, number>()
  #split: ReadonlySet<string> = new Set()

  constructor(database: Database) {
    this.#select = database
      .prepare<[string], number>('SELECT id FROM failure_group WHERE fingerprint = ?')
      .pluck()
    this.#insert = database.prepare<
      [string, string | null, string, string | null, string | null, number, number]
    >(
      `INSERT INTO failure_group
         (fingerprint, error_class, message, frame, split_from, first_seen, last_seen)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#seen = database.prepare<[number, number, number]>(
      `UPDATE failure_group SET first_seen = min(first_seen, ?), last_seen = max(last_seen, ?)
       WHERE id = ?`,
    )
    this.#stack = database.prepare<[string, number, number, number]>(
      `UPDATE failure_group SET stack = ?, stack_at = ?
       WHERE id = ? AND (stack_at IS NULL OR stack_at <= ?)`,
    )
  }

  /** Fingerprints whose jobs are told apart by their whole message. */
  splitBy(split: readonly string[]): void {
    this.#split = new Set(split)
    this.#ofMessages.clear()
  }

  /** The group of a failure whose stack is not known. */
  idOfMessage(message: string, at: number): number {
    const known = this.#ofMessages.get(message)
    if (known !== undefined) return known
    const id = this.idOf(fingerprintOf({ message }), message, at)
    if (this.#ofMessages.size >= sameMessages) this.#ofMessages.clear()
    // A copy: what is given may be a part of a text that is much longer.
    this.#ofMessages.set(Buffer.from(message).toString(), id)
    return id
  }

  /** The group of a failure, made where it is new. `at` is when the job failed. */
  idOf(fingerprint: Fingerprint, message: string, at: number): number {
    const { id, errorClass, frame } = fingerprint
    return this.#split.has(id)
      ? this.#find(splitFingerprint(id, message), errorClass, message, frame, id, at)
      : this.#find(id, errorClass, fingerprint.message, frame, null, at)
  }

  seen(group: number, first: number, last: number): void {
    this.#seen.run(first, last, group)
  }

  /** Keeps a stack unless it has a newer one. */
  keepStack(group: number, stack: string, at: number): void {
    this.#stack.run(stack.slice(0, longestStack), at, group, at)
  }

  forget(): void {
    this.#ids.clear()
    this.#ofMessages.clear()
  }

  #find(
    fingerprint: string,
    errorClass: string | null,
    message: string,
    frame: string | null,
    splitFrom: string | null,
    at: number,
  ): number {
    const known = this.#ids.get(fingerprint)
    if (known !== undefined) return known
    const id =
      this.#select.get(fingerprint) ??
      Number(
        this.#insert.run(fingerprint, errorClass, message, frame, splitFrom, at, at)
          .lastInsertRowid,
      )
    if (this.#ids.size >= cached) this.#ids.clear()
    this.#ids.set(fingerprint, id)
    return id
  }
}
