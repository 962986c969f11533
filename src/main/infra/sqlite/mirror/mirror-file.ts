import type { Database } from 'better-sqlite3'
import type { MirrorSettings } from '#shared/contract/mirror.ts'
import type { StateCounts } from '#shared/contract/queues.ts'
import { type JobState, jobStates } from '#shared/domain/job-state.ts'
import {
  type Grouping,
  type JobsBatch,
  type MirrorCounts,
  MirrorError,
  type QueueMark,
  type RawDetails,
  type RawJob,
} from '#core/mirror/ports.ts'
import type { JobColumns } from './columns.ts'
import { Comparison, type Place } from './comparison.ts'
import { FactTable } from './facts.ts'
import { fileIdentity, mirrorBytes, removeMirror } from './mirror-path.ts'
import { mirrorError } from './mirror-problem.ts'
import { openMirror } from './open-mirror.ts'
import { type Change, type Parts, partsOf, recover, rulesOf } from './parts.ts'
import { joinGroup, splitGroup } from './regroup.ts'
import { applySettings, markQueueUnread } from './reread.ts'
import { failedState, isFinishedState, stateIndex } from './states.ts'
import { unpackJobs } from './unpack-jobs.ts'
import { sweepFailures, sweepGone, sweepWords } from './sweep.ts'
import { DetailWriting } from './write-details.ts'
import { GoneWriting } from './write-gone.ts'
import { JobWriting } from './write-jobs.ts'

/** Rows of one transaction; such that are written alone; such that come with their payloads. */
const slice = 500
const deferredSlice = 4000
const detailSlice = 100
/** Pages of the journal that are written back in one go, and transactions between two looks at it. */
const journalPages = 4000
const journalLooks = 8
const day = 24 * 60 * 60 * 1000

interface OpenFile {
  database: Database
  identity: string | null
  parts: Parts
  facts: FactTable
  jobs: JobWriting
  gone: GoneWriting
  details: DetailWriting
  comparison: Comparison
  crooked: boolean
  /** As the file has it. */
  spill: number
}

/**
 * A mirror file and its one writer, on the thread that asks: MirrorWriter without the waiting. Transactions
 * are short; calls over many rows make several. All throw MirrorError.
 */
export class MirrorFile {
  readonly #file: string
  readonly #prefix: string
  #settings: MirrorSettings | null = null
  #grouping: Grouping = { split: [] }
  #open: OpenFile | null = null
  #version = 0
  #checkedAt = 0
  /** The version when the journal was looked at last. */
  #tidiedAt = 0

  constructor(file: string, prefix = 'bull') {
    this.#file = file
    this.#prefix = prefix
  }

  get isOpen(): boolean {
    return this.#open !== null
  }

  open(settings: MirrorSettings, grouping: Grouping): MirrorCounts {
    this.close()
    this.#settings = settings
    this.#grouping = grouping
    return this.#openFile()
  }

  /** Begins anew, with what it was opened with last where nothing is given. */
  rebuild(...given: [] | [settings: MirrorSettings, grouping: Grouping]): MirrorCounts {
    this.close()
    const [settings, grouping] = given
    if (settings !== undefined && grouping !== undefined) {
      this.#settings = settings
      this.#grouping = grouping
    }
    try {
      removeMirror(this.#file)
    } catch (error) {
      throw mirrorError(error, this.#file)
    }
    return this.#openFile()
  }

  close(): void {
    const open = this.#open
    this.#open = null
    open?.database.close()
  }

  counts(): MirrorCounts {
    return this.#countsOf(this.#opened())
  }

  census(): Map<string, { counts: StateCounts; gone: number }> {
    const { parts } = this.#opened()
    const census = new Map<string, { counts: StateCounts; gone: number }>()
    for (const [queue, id] of parts.queues.entries()) {
      const { states, gone } = parts.tally.of(id)
      const counts = Object.fromEntries(
        jobStates.map((state, index) => [state, states[index] ?? 0]),
      ) as StateCounts
      census.set(queue, { counts, gone })
    }
    return census
  }

  marks(): QueueMark[] {
    return this.#read(({ parts }) => parts.queues.marks())
  }

  mark(mark: QueueMark): void {
    this.#change(({ parts }) => parts.queues.setMark(mark))
  }

  write(batch: JobsBatch): MirrorCounts {
    const { queue, seenAt, jobs, gone, deferred, packed } = batch
    const size = deferred === true ? deferredSlice : slice
    for (let from = 0; from < jobs.length; from += size) {
      this.#change((open) => {
        const part = jobs.slice(from, from + size)
        open.jobs.write(open.parts.queues.idOf(queue), part, seenAt, deferred)
      })
    }
    if (packed !== undefined) this.#writePacked(batch, unpackJobs(packed), size)
    for (let from = 0; from < gone.length; from += slice) {
      this.#change((open) => {
        const id = open.parts.queues.idOf(queue)
        for (const told of gone.slice(from, from + slice)) open.gone.tell(id, told)
      })
    }
    this.#noticeCrooked()
    return this.counts()
  }

  ids(queue: string, state: JobState, range?: { from: number; to: number }): string[] {
    return this.#read((open) => {
      const place = placeOf(open, queue, state)
      return place === null ? [] : open.comparison.ids(place, range)
    })
  }

  idsAfter(
    queue: string,
    state: JobState,
    after: number | null,
    count: number,
  ): { ids: string[]; next: number | null } {
    return this.#read((open) => {
      const place = placeOf(open, queue, state)
      return place === null
        ? { ids: [], next: null }
        : open.comparison.idsAfter(place, after, count)
    })
  }

  buckets(queue: string, state: JobState, edges: readonly number[]): number[] {
    return this.#read((open) => {
      const place = placeOf(open, queue, state)
      return place === null ? edges.map(() => 0) : open.comparison.buckets(place, edges)
    })
  }

  goneBelow(queue: string, state: JobState, score: number, at: number): number {
    return this.#allGone(at, (open) => {
      const place = placeOf(open, queue, state)
      return place === null ? [] : open.comparison.below(place, score, slice)
    })
  }

  markGone(queue: string, ids: readonly string[], at: number): void {
    const id = this.#opened().parts.queues.find(queue)
    if (id === null) return
    for (let from = 0; from < ids.length; from += slice) {
      this.#change(({ gone }) => {
        for (const job of ids.slice(from, from + slice)) gone.mark(id, job, at)
      })
    }
  }

  forgetQueue(queue: string, at: number): void {
    const id = this.#opened().parts.queues.find(queue)
    if (id === null) return
    this.#allGone(at, ({ comparison }) => comparison.next(id, slice))
    this.#change(({ parts }) => parts.queues.clearMark(queue))
  }

  undetailed(limit: number): { queue: string; id: string; failed: boolean }[] {
    return this.#read(({ parts }) => {
      const found: { queue: string; id: string; failed: boolean }[] = []
      // Failed ones first, then what has finished, then the rest.
      const last = jobStates.length
      const order = [failedState, ...Array.from({ length: last + 1 }, (_, index) => last - index)]
      for (const state of new Set(order)) {
        if (found.length >= limit || parts.tally.undetailed === 0) break
        const failed = state === failedState
        for (const job of parts.jobs.undetailed(state, limit - found.length)) {
          found.push({ ...job, failed })
        }
      }
      return found
    })
  }

  writeDetails(
    queue: string,
    details: readonly (RawDetails | { id: string; missing: true })[],
  ): MirrorCounts {
    const id = this.#opened().parts.queues.find(queue)
    if (id !== null) {
      for (let from = 0; from < details.length; from += detailSlice) {
        this.#change((open) => {
          for (const one of details.slice(from, from + detailSlice)) open.details.write(id, one)
        })
      }
    }
    return this.counts()
  }

  reread(queue: string): MirrorCounts {
    markQueueUnread(this.#opened().parts, queue, (work) => this.#change(work))
    return this.counts()
  }

  configure(settings: MirrorSettings): MirrorCounts {
    const { parts } = this.#opened()
    this.#settings = settings
    parts.rules = rulesOf(settings)
    this.#applySettings(settings)
    return this.counts()
  }

  regroup(grouping: Grouping): void {
    const { parts, facts } = this.#opened()
    this.#grouping = grouping
    parts.groups.splitBy(grouping.split)
    const before = facts.get('grouping')?.split ?? []
    const change: Change = (work) => this.#change(work)
    for (const one of grouping.split) {
      if (!before.includes(one)) splitGroup(parts, one, change)
    }
    for (const one of before) {
      if (!grouping.split.includes(one)) joinGroup(parts, one, change)
    }
    this.#change(() => facts.set('grouping', grouping))
  }

  /** Groups failures of deferred batches, looking at so many rows. @returns whether there may be more. */
  groupFailures(limit: number): boolean {
    return this.#change(({ parts }) => parts.ungrouped.group(limit))
  }

  /** @param detailed puts those off whose details are still to be read. */
  indexText(limit: number, detailed = false): number {
    this.#change(({ parts }) => parts.text.index(limit, detailed))
    return this.#opened().parts.tally.unindexed
  }

  /** A little of the work that keeps searches quick. @returns whether there may be more. */
  mergeText(): boolean {
    this.#version += 1
    return this.#read(({ parts }) => parts.text.merge())
  }

  sweep(goneBefore: number, now = Date.now()): number {
    const { parts, facts } = this.#opened()
    const change: Change = (work) => this.#change(work)
    const swept = sweepGone(parts, goneBefore, change)
    sweepFailures(parts, now, change)
    if (now - (facts.get('swept') ?? 0) >= day) {
      sweepWords(parts, change)
      this.#change(() => facts.set('swept', now))
    }
    return swept
  }

  /** Writes the journal back into the file where it has grown. For between two calls. */
  tidy(): void {
    const open = this.#open
    if (open === null || this.#version - this.#tidiedAt < journalLooks) return
    this.#tidiedAt = this.#version
    this.#read(({ database }) => {
      // Since SQLite 3.51: only tells how long it is.
      const [answer] = database.pragma('wal_checkpoint(NOOP)') as { log: number }[]
      if (answer !== undefined && answer.log >= journalPages)
        database.pragma('wal_checkpoint(PASSIVE)')
    })
  }

  #openFile(): MirrorCounts {
    const settings = this.#settings
    if (settings === null) {
      throw new MirrorError('unavailable', `The mirror ${this.#file} is not open`)
    }
    const database = openMirror(this.#file)
    try {
      const facts = new FactTable(database)
      const spill = facts.get('spill') ?? 0
      const parts = partsOf(database, this.#prefix, settings, spill)
      this.#open = {
        database,
        identity: fileIdentity(this.#file),
        parts,
        facts,
        jobs: new JobWriting(parts),
        gone: new GoneWriting(parts),
        details: new DetailWriting(parts),
        comparison: new Comparison(database),
        crooked: facts.get('crooked') ?? false,
        spill,
      }
      this.#version += 1
      this.#applySettings(settings)
      this.regroup(this.#grouping)
      return this.counts()
    } catch (error) {
      this.#open = null
      database.close()
      throw mirrorError(error, this.#file)
    }
  }

  /** Makes good what the file was written with, where the settings were others. */
  #applySettings(settings: MirrorSettings): void {
    const { parts, facts } = this.#opened()
    const before = facts.get('settings')
    if (JSON.stringify(before) === JSON.stringify(settings)) return
    const change: Change = (work) => this.#change(work)
    if (before !== null) applySettings(parts, before, settings, change)
    this.#change(() => facts.set('settings', settings))
  }

  #writePacked(
    { queue, seenAt: seen, deferred }: JobsBatch,
    unpacked: Iterator<RawJob>,
    limit: number,
  ): void {
    let more = true
    while (more) {
      more = this.#change(({ jobs, parts }) =>
        jobs.writeSome(parts.queues.idOf(queue), unpacked, { limit, seen, deferred }),
      )
    }
  }

  #allGone(at: number, next: (open: OpenFile) => JobColumns[]): number {
    let count = 0
    for (;;) {
      const rows = this.#read(next)
      if (rows.length === 0) return count
      this.#change(({ gone }) => {
        for (const row of rows) gone.move(row, at)
      })
      count += rows.length
    }
  }

  #noticeCrooked(): void {
    const open = this.#opened()
    if (open.crooked || !open.jobs.crooked) return
    open.crooked = true
    this.#change(({ facts }) => facts.set('crooked', true))
  }

  /** One transaction: all of it or nothing. */
  #change<Answer>(work: (open: OpenFile) => Answer): Answer {
    const open = this.#opened()
    this.#checkIdentity(open)
    try {
      const answer = open.database
        .transaction(() => {
          const done = work(open)
          open.parts.rollups.flush()
          const { spill } = open.parts.keys
          if (spill > open.spill) open.facts.set('spill', spill)
          return done
        })
        .immediate()
      open.spill = open.parts.keys.spill
      this.#version += 1
      return answer
    } catch (error) {
      throw this.#failed(open, error)
    }
  }

  #read<Answer>(work: (open: OpenFile) => Answer): Answer {
    const open = this.#opened()
    this.#checkIdentity(open)
    try {
      return work(open)
    } catch (error) {
      throw mirrorError(error, this.#file)
    }
  }

  #failed(open: OpenFile, error: unknown): unknown {
    try {
      recover(open.parts)
    } catch {
      // What cannot even be read is told by what it was that failed.
    }
    return mirrorError(error, this.#file)
  }

  #opened(): OpenFile {
    if (this.#open === null) {
      throw new MirrorError('unavailable', `The mirror ${this.#file} is not open`)
    }
    return this.#open
  }

  /** Whoever deletes or replaces the file would have this go on writing into nothing. */
  #checkIdentity(open: OpenFile): void {
    const now = performance.now()
    if (now - this.#checkedAt < 500) return
    this.#checkedAt = now
    if (fileIdentity(this.#file) === open.identity) return
    this.close()
    throw new MirrorError(
      'unavailable',
      `The mirror ${this.#file} was deleted or replaced while it was open`,
    )
  }

  #countsOf({ parts: { tally } }: OpenFile): MirrorCounts {
    return {
      rows: tally.rows,
      gone: tally.gone,
      undetailed: tally.undetailed,
      unindexed: tally.unindexed,
      tooLong: tally.tooLong,
      bytes: mirrorBytes(this.#file),
      version: this.#version,
    }
  }
}

function placeOf({ parts, crooked }: OpenFile, queue: string, state: JobState): Place | null {
  const id = parts.queues.find(queue)
  if (id === null) return null
  const index = stateIndex(state)
  const { spill } = parts.keys
  return { queue: id, state: index, byKey: isFinishedState(index) && !crooked, spill }
}
