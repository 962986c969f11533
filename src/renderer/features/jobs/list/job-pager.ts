import type { JobPage, JobRow } from '#shared/contract/jobs.ts'
import type { JobSource, SourceView } from './job-source.ts'
import { LoadedRows, type ListedJob, type Stretch } from './loaded-rows.ts'
import { Pager } from './pager.ts'

/** What a list shows of a state of a queue that may hold a million jobs. `total` is as Redis last said. */
export interface JobListView extends SourceView {
  /** Rows known so far while a jump to a place further down is still loading; null otherwise. */
  reaching: number | null
  /** Last row that jump wants, from 1. */
  until: number
  /** Counts changes of the rows themselves. */
  revision: number
}

type LoadPage = (cursor: string | undefined, signal: AbortSignal) => Promise<JobPage>

/** Rows read ahead of the last one on screen. */
const readAhead = 300
/** A long way down tells how far it is this often at most, in milliseconds. */
const quiet = 120

const empty: JobListView = {
  count: 0,
  total: 0,
  pending: 0,
  pendingMore: false,
  loaded: false,
  loading: false,
  reaching: null,
  until: 0,
  longestId: 0,
  error: null,
  revision: 0,
}

/**
 * Loads a job list and keeps it current. Pages are fetched by cursor one after the other, far ahead of
 * the screen; those far from it are let go but their cursors kept, so that a million rows cost little
 * memory and scrolling back loads again. An ordinary infinite query would keep every row and, on
 * refetching, ask for all its pages again.
 *
 * What arrives live is put in at the top only while the reader is there.
 */
export class JobPager extends Pager<JobPage, JobListView> implements JobSource {
  private readonly loadPage: LoadPage
  private readonly rows = new LoadedRows()
  private head: JobPage | null = null
  private readonly pendingIds = new Set<string>()
  private pendingMore = false
  private wanted: Stretch = { start: 0, end: 0 }
  private atTop = true
  private loaded = false
  private total = 0
  private revision = 0
  private told = 0

  constructor(loadPage: LoadPage) {
    super(empty)
    this.loadPage = loadPage
  }

  /** The row at a place of the list; null while it is not loaded. */
  rowAt(index: number): ListedJob | null {
    return this.rows.at(index)
  }

  /** Place of a job among the loaded rows; -1 when it is not there. */
  indexOf(id: string): number {
    return this.rows.indexOf(id)
  }

  /** Loads the first page, or tries again what failed. */
  start(): void {
    this.pump()
  }

  /** Begins, or goes on after a `stop`: what was there stays on screen until it was read again. */
  resume(): void {
    if (this.loaded && this.atTop && this.idle()) {
      this.fetch(undefined, (page) => this.rows.restart(page))
    } else {
      this.pump()
    }
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
    if (!this.loaded) {
      // The first page is on its way and as new as this.
      return
    }
    this.head = update.page
    this.total = update.page.total
    this.revision += 1
    this.rows.update([...update.page.items, ...update.rows])
    for (const id of update.gone) {
      this.rows.leave(id)
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
    this.revision += 1
    this.rows.leave(id)
    if (this.atTop) {
      this.rows.removeGone()
    }
    this.publish()
  }

  private keepOut(page: JobPage): void {
    const seen = this.pendingIds.size
    const unseen = this.rows.newIn(page.items).filter((row) => !this.pendingIds.has(row.id))
    for (const row of unseen) {
      this.pendingIds.add(row.id)
    }
    const jumped = unseen.length > 0 && unseen.length === page.items.length
    this.pendingMore ||= jumped && (seen > 0 || this.rows.known > 0)
  }

  /** Puts in what is new at the top, and drops what left. */
  private letIn(): void {
    this.revision += 1
    this.pendingIds.clear()
    this.pendingMore = false
    if (this.head && !this.rows.mergeTop(this.head)) {
      this.stop()
      this.rows.restart(this.head)
    }
    this.rows.removeGone()
    this.publish()
    this.pump()
  }

  /** One request at a time: first what is on screen and was let go, then what comes next. */
  protected override pump(): void {
    if (!this.idle()) {
      return
    }
    const { rows } = this
    const cursor = rows.nextCursor
    const absent = rows.absentIn(this.wanted)
    if (!this.loaded) {
      this.fetch(undefined, (page) => rows.restart(page))
    } else if (absent !== undefined) {
      this.fetch(absent, (page) => rows.putBack(absent, page))
    } else if (cursor !== null && rows.known < this.wanted.end + readAhead) {
      this.fetch(cursor, (page) => rows.append(cursor, page))
    } else {
      this.publish()
    }
  }

  private fetch(cursor: string | undefined, take: (page: JobPage) => void): void {
    this.ask(
      (signal) => this.loadPage(cursor, signal),
      (page) => this.take(page, take),
      () => {
        // On the way to a place far below there is nothing new on screen but how far it is.
        if (this.rows.known > this.wanted.start || Date.now() - this.told > quiet) {
          this.publish()
        }
      },
    )
  }

  private take(page: JobPage, place: (page: JobPage) => void): void {
    place(page)
    this.rows.letGo(this.wanted)
    this.loaded = true
    this.total = page.total
    this.revision += 1
  }

  protected override look(): JobListView {
    this.told = Date.now()
    const { known, nextCursor } = this.rows
    const rest = nextCursor === null ? 0 : Math.max(1, this.total - known)
    const reaching = nextCursor !== null && known > 0 && known < this.wanted.end
    return {
      count: known + rest,
      total: this.total,
      pending: this.pendingIds.size,
      pendingMore: this.pendingMore,
      loaded: this.loaded,
      loading: !this.loaded && !this.idle(),
      reaching: reaching ? known : null,
      until: reaching ? this.wanted.end : 0,
      longestId: this.rows.longestId,
      error: this.error,
      revision: this.revision,
    }
  }
}
