import type { JobPage, JobRow } from '#shared/contract/jobs.ts'

/** What a list shows of a state of a queue that may hold a million jobs. */
export interface JobListView {
  /** Rows the scrollbar stands for: those known plus those Redis still has. */
  count: number
  /** Jobs in the state now, as Redis last said. */
  total: number
  /** New jobs that are kept out until the reader comes back to the top. */
  pending: number
  /** More than `pending`: some came and were not seen one by one. */
  pendingMore: boolean
  loaded: boolean
  /** A page is on its way. */
  loading: boolean
  /** Rows known so far while a jump to a place further down is still loading; null otherwise. */
  reaching: number | null
  /** Why the last page could not be loaded; null when it could. */
  error: unknown
}

/** A row of the list; `gone` once its job was seen to have left the state. */
export type ListedJob = JobRow & { gone?: boolean }

type LoadPage = (cursor: string | undefined, signal: AbortSignal) => Promise<JobPage>

interface Slot {
  cursor: string
  length: number
  /** Null when it was let go; the cursor loads it again. */
  rows: JobRow[] | null
}

/** Rows read ahead of the last one on screen. */
const readAhead = 300
/** Pages kept around the screen; the rest are let go, so that memory does not grow with scrolling. */
const pagesKept = 60
/** Rows the top may grow to by what arrives while one watches it. */
const longestTop = 600

const empty: JobListView = {
  count: 0,
  total: 0,
  pending: 0,
  pendingMore: false,
  loaded: false,
  loading: false,
  reaching: null,
  error: null,
}

/**
 * The rows of a job list. Pages are fetched by cursor one after the other, far ahead of the screen;
 * those far from it are let go but their cursors kept, so that a million rows cost little memory and
 * scrolling back loads again. An ordinary infinite query would keep every row and, on refetching, ask
 * for all its pages again.
 *
 * What arrives live is put in at the top only while the reader is there.
 */
export class JobPager {
  private readonly loadPage: LoadPage
  private readonly listeners = new Set<() => void>()
  private view = empty
  private top: JobRow[] = []
  private slots: Slot[] = []
  private nextCursor: string | null = null
  private head: JobPage | null = null
  private readonly pendingIds = new Set<string>()
  private readonly updates = new Map<string, ListedJob>()
  private readonly gone = new Set<string>()
  private wanted = { start: 0, end: 0 }
  private atTop = true
  private request: AbortController | null = null

  constructor(loadPage: LoadPage) {
    this.loadPage = loadPage
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  /** Same object until something changes. */
  read = (): JobListView => this.view

  /** The row at a place of the list; null while it is not loaded. */
  rowAt(index: number): ListedJob | null {
    const row = this.storedRowAt(index)
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

  /** Loads the first page, or tries again what failed. */
  start(): void {
    this.pump()
  }

  stop(): void {
    this.request?.abort()
    this.request = null
  }

  /** Says which rows are on screen; those and the ones after them are loaded. */
  want(start: number, end: number): void {
    if (this.wanted.start !== start || this.wanted.end !== end) {
      this.wanted = { start, end }
      this.pump()
    }
  }

  /** Says whether the reader is at the top; coming back there lets in what was kept out. */
  setAtTop(atTop: boolean): void {
    if (atTop && !this.atTop) {
      this.letIn()
    }
    this.atTop = atTop
  }

  /** Takes a live update: the newest jobs, and what is known of the rows on screen. */
  apply(update: { page: JobPage; rows: readonly JobRow[]; gone: readonly string[] }): void {
    if (!this.view.loaded) {
      // The first page is on its way and as new as this.
      return
    }
    this.head = update.page
    for (const row of [...update.page.items, ...update.rows]) {
      this.updates.set(row.id, row)
      this.gone.delete(row.id)
    }
    for (const id of update.gone) {
      this.leave(id)
    }
    if (this.atTop) {
      this.letIn()
    } else {
      this.keepOut(update.page)
      this.publish()
    }
  }

  /** Marks a job that an action just took out of the state, without waiting for the next update. */
  markGone(id: string): void {
    this.leave(id)
    if (this.atTop) {
      this.removeGone()
    }
    this.publish()
  }

  private leave(id: string): void {
    const row = this.rowAt(this.indexOf(id))
    if (row) {
      this.gone.add(id)
      this.updates.set(id, { ...row, gone: true })
    }
  }

  private keepOut(page: JobPage): void {
    const known = new Set(this.top.map((row) => row.id))
    const fresh = page.items.filter((row) => !known.has(row.id))
    const seen = this.pendingIds.size
    const unseen = fresh.filter((row) => !this.pendingIds.has(row.id))
    for (const row of unseen) {
      this.pendingIds.add(row.id)
    }
    const jumped = unseen.length > 0 && unseen.length === page.items.length
    this.view = {
      ...this.view,
      pending: this.pendingIds.size,
      pendingMore: this.view.pendingMore || (jumped && (seen > 0 || known.size > 0)),
    }
  }

  /** Puts the newest jobs in place of the rows they overlap, and drops those that left. */
  private letIn(): void {
    const page = this.head
    this.pendingIds.clear()
    this.view = { ...this.view, pending: 0, pendingMore: false }
    if (page) {
      const places = new Map(this.top.map((row, index) => [row.id, index]))
      const anchor = page.items.findLast((row) => places.has(row.id))
      if (anchor === undefined || page.cursor === null || this.top.length > longestTop) {
        this.restart(page)
      } else {
        const rest = this.top.slice((places.get(anchor.id) ?? 0) + 1)
        const ids = new Set(page.items.map((row) => row.id))
        this.top = [...page.items, ...rest.filter((row) => !ids.has(row.id))]
        this.dropFromSlots(ids)
      }
    }
    this.removeGone()
    this.publish()
    this.pump()
  }

  private restart(page: JobPage): void {
    this.stop()
    this.top = [...page.items]
    this.slots = []
    this.nextCursor = page.cursor
    this.updates.clear()
    this.gone.clear()
  }

  private removeGone(): void {
    if (this.gone.size > 0) {
      this.top = this.top.filter((row) => !this.gone.has(row.id))
      this.dropFromSlots(this.gone)
      for (const id of this.gone) {
        this.updates.delete(id)
      }
      this.gone.clear()
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

  private storedRowAt(index: number): JobRow | null {
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

  private known(): number {
    return this.slots.reduce((sum, slot) => sum + slot.length, this.top.length)
  }

  /** One request at a time: first what is on screen and was let go, then what comes next. */
  private pump(): void {
    if (this.request) {
      return
    }
    if (!this.view.loaded) {
      this.fetch(undefined, (page) => this.restart(page))
      return
    }
    const absent = this.absentSlot()
    if (absent) {
      this.fetch(absent.cursor, (page) => {
        absent.rows = page.items
        absent.length = page.items.length
      })
      return
    }
    const cursor = this.nextCursor
    if (cursor !== null && this.known() < this.wanted.end + readAhead) {
      this.fetch(cursor, (page) => {
        const ids = new Set(this.top.map((row) => row.id))
        const rows = page.items.filter((row) => !ids.has(row.id))
        this.slots.push({ cursor, length: rows.length, rows })
        this.nextCursor = page.cursor
      })
      return
    }
    this.publish()
  }

  private absentSlot(): Slot | undefined {
    let offset = this.top.length
    return this.slots.find((slot) => {
      const start = offset
      offset += slot.length
      return slot.rows === null && start < this.wanted.end + 50 && offset > this.wanted.start - 50
    })
  }

  private fetch(cursor: string | undefined, take: (page: JobPage) => void): void {
    const request = new AbortController()
    this.request = request
    this.publish()
    void this.finish(request, this.loadPage(cursor, request.signal), take)
  }

  private async finish(
    request: AbortController,
    loading: Promise<JobPage>,
    take: (page: JobPage) => void,
  ): Promise<void> {
    let loaded: { page: JobPage } | { error: unknown }
    try {
      loaded = { page: await loading }
    } catch (error) {
      loaded = { error }
    }
    if (this.request !== request) {
      return
    }
    this.request = null
    if ('error' in loaded) {
      this.view = { ...this.view, error: loaded.error }
      this.publish()
      return
    }
    take(loaded.page)
    this.letGo()
    this.view = { ...this.view, loaded: true, error: null, total: loaded.page.total }
    this.publish()
    this.pump()
  }

  private letGo(): void {
    if (this.slots.length <= pagesKept) {
      return
    }
    let offset = this.top.length
    const middle = (this.wanted.start + this.wanted.end) / 2
    const distances = this.slots.map((slot) => {
      const distance = Math.abs(offset + slot.length / 2 - middle)
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

  private publish(): void {
    const known = this.known()
    const total = this.head && this.view.loaded ? this.head.total : this.view.total
    const rest = this.nextCursor === null ? 0 : Math.max(1, total - known)
    const reaching = this.nextCursor !== null && known < this.wanted.end && known > 0 ? known : null
    this.view = {
      ...this.view,
      total,
      count: this.view.loaded || known > 0 ? known + rest : 0,
      loading: this.request !== null,
      reaching,
    }
    for (const listener of this.listeners) {
      listener()
    }
  }
}
