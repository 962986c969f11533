import type { MirrorJob } from '#shared/contract/job-search.ts'
import type { ListedJob } from '../list/loaded-rows.ts'
import { keyOfJob } from '../list/job-key.ts'

/** Rows that are read together. */
export const chunk = 100
/** Chunks kept around the screen, so that memory does not grow with scrolling. */
const chunksKept = 60

/** A stretch of the list, end exclusive. */
export interface Stretch {
  start: number
  end: number
}

/**
 * The rows of a long list that were read so far, by their place on screen. Each chunk remembers in which
 * generation it was read: what is older than the newest is shown, but read again once it is on screen.
 */
export class FoundRows {
  /** Characters of the longest id read since it began; only grows, so that what is sized by it stays. */
  longestId = 0
  private readonly rows = new Map<number, ListedJob>()
  private readonly places = new Map<string, number>()
  private readonly chunks = new Map<number, number>()
  private generation = 0

  at(index: number): ListedJob | null {
    return this.rows.get(index) ?? null
  }

  indexOf(key: string): number {
    return this.places.get(key) ?? -1
  }

  /** Puts the rows of a stretch in their places; there may be fewer, where the list ends. */
  put({ start, end }: Stretch, jobs: readonly MirrorJob[]): void {
    jobs.forEach((job, offset) => {
      this.set(start + offset, job)
      this.longestId = Math.max(this.longestId, job.id.length)
    })
    for (let index = Math.ceil(start / chunk); (index + 1) * chunk <= end; index += 1) {
      this.chunks.set(index, this.generation)
    }
  }

  /** Changes a row where it stands. */
  replace(key: string, change: (job: ListedJob) => ListedJob): void {
    const index = this.indexOf(key)
    const job = this.rows.get(index)
    if (job !== undefined) this.rows.set(index, change(job))
  }

  /** What was read so far is no longer certain. */
  age(): void {
    this.generation += 1
  }

  /** Forgets what lies behind the end of the list. */
  cut(count: number): void {
    for (const index of this.rows.keys()) {
      if (index >= count) this.remove(index)
    }
  }

  /** The first rows of a stretch that are missing or no longer certain, in whole chunks; null when none is. */
  wantedIn({ start, end }: Stretch, most: number): Stretch | null {
    const last = Math.floor((end - 1) / chunk)
    for (let index = Math.floor(start / chunk); index <= last; index += 1) {
      if (this.isFresh(index)) continue
      let until = index + 1
      while (until <= last && until - index < most && !this.isFresh(until)) until += 1
      return { start: index * chunk, end: until * chunk }
    }
    return null
  }

  /** Lets go of the chunks farthest from the screen. */
  letGo({ start, end }: Stretch): void {
    if (this.chunks.size <= chunksKept) return
    const middle = (start + end) / 2 / chunk
    const far = [...this.chunks.keys()]
      .toSorted((one, other) => Math.abs(one - middle) - Math.abs(other - middle))
      .slice(chunksKept)
    for (const index of far) {
      this.chunks.delete(index)
      for (let row = index * chunk; row < (index + 1) * chunk; row += 1) this.remove(row)
    }
  }

  private isFresh(index: number): boolean {
    return this.chunks.get(index) === this.generation
  }

  private set(index: number, job: ListedJob): void {
    const key = keyOfJob(job)
    const elsewhere = this.places.get(key)
    if (elsewhere !== undefined && elsewhere !== index) this.remove(elsewhere)
    const before = this.rows.get(index)
    if (before !== undefined && keyOfJob(before) !== key) this.places.delete(keyOfJob(before))
    // A row that reads the same stays the same object, so that it is not drawn again.
    if (before === undefined || !isSame(before, job)) this.rows.set(index, job)
    this.places.set(key, index)
  }

  private remove(index: number): void {
    const job = this.rows.get(index)
    if (job === undefined) return
    this.rows.delete(index)
    if (this.places.get(keyOfJob(job)) === index) this.places.delete(keyOfJob(job))
  }
}

/** When it was last seen is on no screen. */
function isSame(one: ListedJob, other: ListedJob): boolean {
  return JSON.stringify({ ...one, seenAt: 0 }) === JSON.stringify({ ...other, seenAt: 0 })
}
