import type { MirrorJob } from '#shared/contract/job-search.ts'
import type { JobPage, JobRow } from '#shared/contract/jobs.ts'

/**
 * A row of a list: of a queue's state as Redis has it, or with all that the mirror knows. `gone` once its
 * job was seen to have left the list.
 */
export type ListedJob = JobRow & Partial<Omit<MirrorJob, keyof JobRow>> & { gone?: boolean }

interface Slot {
  cursor: string
  length: number
  /** Null when it was let go; the cursor loads it again. */
  rows: JobRow[] | null
}

/** A stretch of the list, end exclusive. */
export interface Stretch {
  start: number
  end: number
}

/** Pages kept around the screen; the rest are let go, so that memory does not grow with scrolling. */
const pagesKept = 40
/** Rows the top may grow to by what arrives while one watches it. */
const longestTop = 600
/** Rows around the screen that are loaded again when they were let go. */
const margin = 50

/**
 * The rows of a list that were loaded so far: a top, where what is new is put in, and the pages after
 * it. Pages far from the screen can be let go and loaded again by their cursor.
 */
export class LoadedRows {
  /** Of the page after the last one; null at the end of the list. */
  nextCursor: string | null = null
  /** Characters of the longest id loaded since it began; only grows, so that what is sized by it stays. */
  longestId = 0
  private top: JobRow[] = []
  private slots: Slot[] = []
  private readonly updates = new Map<string, ListedJob>()
  private readonly gone = new Set<string>()

  /** Number of rows whose place is known, loaded or let go. */
  get known(): number {
    return this.slots.reduce((sum, slot) => sum + slot.length, this.top.length)
  }

  /** The row at a place of the list; null while it is not loaded. The same object until it changes. */
  at(index: number): ListedJob | null {
    const row = this.storedAt(index)
    return row === null ? null : (this.updates.get(row.id) ?? row)
  }

  /** Place of a job among the loaded rows; -1 when it is not there. */
  indexOf(id: string): number {
    const inTop = this.top.findIndex((row) => row.id === id)
    if (inTop >= 0) {
      return inTop
    }
    let offset = this.top.length
    for (const slot of this.slots) {
      const index = slot.rows?.findIndex((row) => row.id === id) ?? -1
      if (index >= 0) {
        return offset + index
      }
      offset += slot.length
    }
    return -1
  }

  /** Those of these rows that are not at the top yet. */
  newIn(rows: readonly JobRow[]): JobRow[] {
    const ids = new Set(this.top.map((row) => row.id))
    return rows.filter((row) => !ids.has(row.id))
  }

  /** Begins anew with the first page. */
  restart(page: JobPage): void {
    this.top = [...page.items]
    this.longestId = 0
    this.measure(page.items)
    this.slots = []
    this.nextCursor = page.cursor
    this.updates.clear()
    this.gone.clear()
  }

  append(cursor: string, page: JobPage): void {
    const rows = this.newIn(page.items)
    this.measure(rows)
    this.slots.push({ cursor, length: rows.length, rows })
    this.nextCursor = page.cursor
  }

  /** Cursor of a page on or near the screen that was let go; undefined when there is none. */
  absentIn({ start, end }: Stretch): string | undefined {
    let offset = this.top.length
    const absent = this.slots.find((slot) => {
      const from = offset
      offset += slot.length
      return slot.rows === null && from < end + margin && offset > start - margin
    })
    return absent?.cursor
  }

  putBack(cursor: string, page: JobPage): void {
    const slot = this.slots.find((each) => each.cursor === cursor)
    if (slot) {
      this.measure(page.items)
      slot.rows = page.items
      slot.length = page.items.length
    }
  }

  /** Lets go of the pages farthest from the screen. */
  letGo({ start, end }: Stretch): void {
    if (this.slots.length <= pagesKept) {
      return
    }
    let offset = this.top.length
    const distances = this.slots.map((slot) => {
      const distance = Math.abs(offset + slot.length / 2 - (start + end) / 2)
      offset += slot.length
      return distance
    })
    const limit = distances.toSorted((one, other) => one - other)[pagesKept] ?? Infinity
    this.slots.forEach((slot, index) => {
      if ((distances[index] ?? 0) >= limit) {
        slot.rows = null
      }
    })
  }

  /** Brings rows up to date where they stand. */
  update(rows: readonly JobRow[]): void {
    for (const row of rows) {
      this.updates.set(row.id, row)
      this.gone.delete(row.id)
    }
  }

  /** Marks a job that left the state; its row stays until `removeGone`. */
  leave(id: string): void {
    const row = this.at(this.indexOf(id))
    if (row) {
      this.gone.add(id)
      this.updates.set(id, { ...row, gone: true })
    }
  }

  removeGone(): void {
    if (this.gone.size > 0) {
      this.top = this.top.filter((row) => !this.gone.has(row.id))
      this.dropFromSlots(this.gone)
      for (const id of this.gone) {
        this.updates.delete(id)
      }
      this.gone.clear()
    }
  }

  /**
   * Puts the newest page in place of the rows it overlaps. False when it overlaps none, or when the
   * top has grown long: then one has to begin anew.
   */
  mergeTop(page: JobPage): boolean {
    const places = new Map(this.top.map((row, index) => [row.id, index]))
    const anchor = page.items.findLast((row) => places.has(row.id))
    if (anchor === undefined || page.cursor === null || this.top.length > longestTop) {
      return false
    }
    const rest = this.top.slice((places.get(anchor.id) ?? 0) + 1)
    const ids = new Set(page.items.map((row) => row.id))
    this.top = [...page.items, ...rest.filter((row) => !ids.has(row.id))]
    this.dropFromSlots(ids)
    this.measure(page.items)
    return true
  }

  private measure(rows: readonly JobRow[]): void {
    for (const { id } of rows) {
      this.longestId = Math.max(this.longestId, id.length)
    }
  }

  private dropFromSlots(ids: ReadonlySet<string>): void {
    for (const slot of this.slots) {
      if (slot.rows?.some((row) => ids.has(row.id))) {
        slot.rows = slot.rows.filter((row) => !ids.has(row.id))
        slot.length = slot.rows.length
      }
    }
  }

  private storedAt(index: number): JobRow | null {
    if (index < this.top.length) {
      return this.top[index] ?? null
    }
    let offset = this.top.length
    for (const slot of this.slots) {
      if (index < offset + slot.length) {
        return slot.rows?.[index - offset] ?? null
      }
      offset += slot.length
    }
    return null
  }
}
