import type { Branch } from './branch.ts'
import type { Order, Position } from './order.ts'
import { pageSql } from './page-sql.ts'
import type { Statements } from './statements.ts'

/** Lists that are read at the same time, such as exports. */
const kept = 2

/**
 * The keys of a list in an order that no index has, as they were when it began: 9 bytes each. A job whose time
 * changes gets another key, and is not in it from then on.
 */
class SortedKeys {
  #keys = new Float64Array(1024)
  #tables = new Uint8Array(1024)
  #length = 0

  get length(): number {
    return this.#length
  }

  add(key: number, table: number): void {
    if (this.#length === this.#keys.length) {
      const keys = new Float64Array(this.#length * 2)
      keys.set(this.#keys)
      this.#keys = keys
      const tables = new Uint8Array(this.#length * 2)
      tables.set(this.#tables)
      this.#tables = tables
    }
    this.#keys[this.#length] = key
    this.#tables[this.#length] = table
    this.#length += 1
  }

  /** Where the list goes on behind a row; null when that is not in it. */
  behind({ key, table }: Position): number | null {
    for (let at = this.#keys.indexOf(key); at !== -1; at = this.#keys.indexOf(key, at + 1)) {
      if (at >= this.#length) return null
      if (this.#tables[at] === table) return at + 1
    }
    return null
  }

  slice(from: number, limit: number): Position[] {
    return Array.from(
      { length: Math.max(0, Math.min(limit, this.#length - from)) },
      (_, index) => ({
        value: null,
        key: this.#keys[from + index] ?? 0,
        table: this.#tables[from + index] ?? 0,
      }),
    )
  }
}

/**
 * Long lists in any order, page by page, sorted once: each page sorted anew would take a look at all rows for every
 * few hundred of them.
 */
export class SortedLists {
  readonly #statements: Statements
  /** By what they are a list of; the one that was read last at the end. */
  readonly #lists = new Map<string, SortedKeys>()

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /**
   * The rows behind `cursor`, and how many there are in all; null where the list that it was of is not known any more.
   * Values are left out.
   */
  page(
    identity: string,
    order: Order,
    cursor: Position | null,
    limit: number,
    branches: () => readonly Branch[],
  ): { positions: Position[]; total: number } | null {
    const list = cursor === null ? this.#sort(order, branches()) : this.#lists.get(identity)
    const from = cursor === null ? 0 : (list?.behind(cursor) ?? null)
    if (list === undefined || from === null) return null
    const positions = list.slice(from, limit)
    this.#lists.delete(identity)
    // The last page of it is read with less than was asked for.
    if (positions.length === limit) this.#lists.set(identity, list)
    const [oldest] = this.#lists.keys()
    if (this.#lists.size > kept && oldest !== undefined) this.#lists.delete(oldest)
    return { positions, total: list.length }
  }

  #sort(order: Order, branches: readonly Branch[]): SortedKeys {
    const keys = new SortedKeys()
    if (branches.length === 0) return keys
    const all = pageSql({ branches, order, cursor: null, limit: -1, skip: 0 })
    for (const [, key, table] of this.#statements.arrays<[unknown, number, number]>(all)) {
      keys.add(key, table)
    }
    return keys
  }
}
