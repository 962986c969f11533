import type { Coverage, SearchPage } from '#shared/contract/job-search.ts'
import { keyOfJob } from '../list/job-key.ts'
import type { JobSource, SourceView } from '../list/job-source.ts'
import type { ListedJob } from '../list/loaded-rows.ts'
import { Pager } from '../list/pager.ts'
import { chunk, FoundRows, type Stretch } from './found-rows.ts'

export interface FoundView extends SourceView {
  /** What the mirror covers; null before the first answer. */
  coverage: Coverage | null
  /** Counts changes of the rows themselves. */
  revision: number
}

interface PageRequest {
  offset: number
  limit: number
  count: 'exact' | 'none'
}

type LoadPage = (request: PageRequest, signal: AbortSignal) => Promise<SearchPage>

/** Chunks asked for at once. */
const mostChunks = 3
const longestPage = 500
/** Rows around the screen that are read before they are scrolled to. */
const ahead = 40
/** Rows around the screen in which a row that moved is looked for. */
const margin = 150
/** Scrolling on goes past places nobody stays at: they are not read. In milliseconds. */
const settle = 40

const empty: FoundView = {
  count: 0,
  total: 0,
  pending: 0,
  pendingMore: false,
  loaded: false,
  loading: false,
  longestId: 0,
  coverage: null,
  error: null,
  revision: 0,
}

/**
 * Reads what a filter finds, by place: any stretch of a million rows at once. When the mirror has changed,
 * the rows on screen are read again and stay where they are: what came above them counts as `pending` and is
 * let in when the reader comes back to the top.
 */
export class FoundPager extends Pager<SearchPage, FoundView> implements JobSource {
  private readonly loadPage: LoadPage
  private readonly rows = new FoundRows()
  private wanted: Stretch = { start: 0, end: 0 }
  private atTop = true
  private stale = false
  private waiting: ReturnType<typeof setTimeout> | null = null
  private loaded = false
  private coverage: Coverage | null = null
  private total = 0
  /** Rows at the top of what the mirror has that are kept out. */
  private above = 0
  private revision = 0

  constructor(loadPage: LoadPage) {
    super(empty)
    this.loadPage = loadPage
  }

  /** The row at a place of the list; null while it is not there. */
  rowAt(index: number): ListedJob | null {
    return this.rows.at(index)
  }

  /** Place of a row among those read; -1 when it is not there. */
  indexOf(key: string): number {
    return this.rows.indexOf(key)
  }

  /** Begins, goes on after a `stop`, or tries again what failed. */
  start(): void {
    this.error = null
    if (this.loaded) this.stale = true
    this.pump()
  }

  override stop(): void {
    super.stop()
    if (this.waiting !== null) clearTimeout(this.waiting)
    this.waiting = null
  }

  /** The mirror has changed: what is on screen is read again. */
  changed(): void {
    this.error = null
    this.stale = true
    this.pump()
  }

  /** Says which rows are on screen. */
  want(start: number, end: number): void {
    if (this.wanted.start === start && this.wanted.end === end) return
    this.wanted = { start, end }
    if (this.waiting !== null || !this.loaded) return
    this.waiting = setTimeout(() => {
      this.waiting = null
      this.pump()
    }, settle)
  }

  /** Says whether the reader is at the top; coming back there lets in what was kept out. */
  setAtTop(atTop: boolean): void {
    const back = atTop && !this.atTop
    this.atTop = atTop
    if (back && this.above !== 0) {
      this.stop()
      this.refresh()
    }
  }

  /** Marks a job that an action just changed, without waiting for the mirror to hear of it. */
  markGone(key: string): void {
    this.rows.replace(key, (job) => ({ ...job, gone: true }))
    this.revision += 1
    this.publish()
  }

  protected override pump(): void {
    if (!this.idle() || this.error !== null) return
    if (!this.loaded) {
      this.readTop()
    } else if (this.stale) {
      this.refresh()
    } else {
      const start = Math.max(0, this.wanted.start - ahead)
      const end = Math.min(this.wanted.end + ahead, this.total - this.above)
      const missing = this.rows.wantedIn({ start, end }, mostChunks)
      if (missing === null) this.publish()
      else this.load(missing)
    }
  }

  private readTop(): void {
    const end = Math.min(longestPage, Math.max(1, Math.ceil(this.wanted.end / chunk)) * chunk)
    this.fetch({ start: 0, end }, 'exact', (page) => this.begin(end, page))
  }

  private load(stretch: Stretch): void {
    this.fetch(stretch, 'none', (page) => this.rows.put(stretch, page.items))
  }

  /** Reads the rows on screen again, with enough around them to find them where they moved to. */
  private refresh(): void {
    this.stale = false
    if (this.atTop) {
      this.above = 0
      this.readTop()
      return
    }
    const start = Math.floor(Math.max(0, this.wanted.start - margin) / chunk) * chunk
    const end = Math.ceil((this.wanted.end + margin) / chunk) * chunk
    const stretch = { start, end: Math.min(end, start + longestPage) }
    this.fetch(stretch, 'exact', (page) => this.hold(stretch, page))
  }

  /** Takes a page from the very top. */
  private begin(end: number, page: SearchPage): void {
    this.total = page.total ?? this.total
    this.rows.age()
    this.rows.put({ start: 0, end }, page.items)
    this.rows.cut(this.total)
  }

  /** Takes a page around the screen such that the rows on screen keep their places. */
  private hold({ start, end }: Stretch, page: SearchPage, again = false): void {
    const more = (page.total ?? this.total) - this.total
    this.total += more
    const moved = this.movedBy(start, page)
    if (moved === null && !again && more !== 0) {
      // Farther than was looked: by as many rows as there are more now, most likely.
      this.above = Math.max(0, this.above + more)
      this.fetch({ start, end }, 'exact', (next) => this.hold({ start, end }, next, true))
      return
    }
    const above = Math.max(0, this.above + (moved ?? 0))
    // Where nothing was kept out, rows that went from above what is read let the rest move up.
    const up = above - this.above
    this.above = above
    const first = Math.max(0, start - up)
    this.rows.age()
    this.rows.put({ start: first, end: end - up }, page.items.slice(first - (start - up)))
    this.rows.cut(this.total - this.above)
  }

  /** How many places farther down the rows on screen are now; null when none of them was found. */
  private movedBy(start: number, page: SearchPage): number | null {
    const now = new Map(page.items.map((job, index) => [keyOfJob(job), start + index]))
    for (let index = this.wanted.start; index < this.wanted.end; index += 1) {
      const row = this.rows.at(index)
      const place = row === null ? undefined : now.get(keyOfJob(row))
      if (place !== undefined) return place - index
    }
    return null
  }

  private fetch(
    { start, end }: Stretch,
    count: PageRequest['count'],
    take: (page: SearchPage) => void,
  ): void {
    const request = { offset: start + this.above, limit: end - start, count }
    this.ask(
      (signal) => this.loadPage(request, signal),
      (page) => this.take(page, take),
      () => {
        if (!this.loaded) this.publish()
      },
    )
  }

  private take(page: SearchPage, place: (page: SearchPage) => void): void {
    this.loaded = true
    this.coverage = page.coverage
    this.revision += 1
    place(page)
    this.rows.letGo(this.wanted)
    this.publish()
  }

  protected override look(): FoundView {
    return {
      count: Math.max(0, this.total - this.above),
      total: this.total,
      pending: this.above,
      pendingMore: false,
      loaded: this.loaded,
      loading: !this.idle() && !this.loaded,
      longestId: this.rows.longestId,
      coverage: this.coverage,
      error: this.error,
      revision: this.revision,
    }
  }
}
