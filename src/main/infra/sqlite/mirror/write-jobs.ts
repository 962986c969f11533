import type { RawJob } from '#core/mirror/ports.ts'
import { type GoneColumns, type IndexColumns, type JobColumns, noDetails } from './columns.ts'
import type { Parts } from './parts.ts'
import { type ReadJob, readJob } from './read-job.ts'
import { instantOf } from './keys.ts'
import { isFinishedState } from './states.ts'

/** How exact `seen` is kept, so that reading a job again that has not changed writes nothing. */
const seenExact = 60_000

/** The time a row is ordered by. */
export function timeOfRow(row: Pick<JobColumns, 'finished' | 'started' | 'added'>): number {
  return row.finished ?? row.started ?? row.added ?? 0
}

/** What a row is counted for among the failures; null when it is not. */
export function countedOf(row: JobColumns) {
  if (row.failure === null) return null
  const { failure, queue, name, user } = row
  return { failure, queue, name, user, at: row.finished ?? 0 }
}

/** Adds or replaces jobs as they were read: within a transaction. */
export class JobWriting {
  readonly #parts: Parts
  /** Whether the last job was new: then the next one is taken for new at first. */
  #new = true
  /** True once a finished row is ordered by another time than its score. */
  crooked = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @param deferred leaves the failures of new rows without a group. */
  write(queue: number, jobs: readonly RawJob[], seen: number, deferred = false): void {
    const { prefix, text } = this.#parts
    // The last of one job counts. Ascending, since that fills pages best.
    const latest = new Map<string, ReadJob>()
    for (const job of jobs) latest.set(job.id, readJob(prefix, job))
    const added: number[] = []
    for (const job of [...latest.values()].sort((one, other) => one.at - other.at)) {
      const key = this.#writeOne(queue, job, seen, deferred)
      if (key !== null) added.push(key)
    }
    text.addAll(added)
  }

  /** The next few of many, best in ascending order. @returns whether there may be more. */
  writeSome(
    queue: number,
    jobs: Iterator<RawJob>,
    {
      limit,
      seen,
      deferred = false,
    }: { limit: number; seen: number; deferred?: boolean | undefined },
  ): boolean {
    const { prefix, text } = this.#parts
    const added: number[] = []
    let written = 0
    for (; written < limit; written += 1) {
      const { done, value } = jobs.next()
      if (done === true) break
      const key = this.#writeOne(queue, readJob(prefix, value), seen, deferred)
      if (key !== null) added.push(key)
    }
    text.addAll(added)
    return written === limit
  }

  /** @returns the key of a new row, which is not yet among those that wait for the text index. */
  #writeOne(queue: number, job: ReadJob, seen: number, deferred: boolean): number | null {
    const { jobs, tally } = this.#parts
    const { id } = job.row
    const gone = tally.of(queue).gone > 0 ? jobs.findGone(queue, id) : undefined
    if (gone !== undefined && gone.added === job.row.addedAt) {
      this.#restore(gone, job, seen)
      return null
    }
    const columns = this.#columnsOf(queue, job)
    if (!this.#new) {
      const known = jobs.find(queue, id)
      if (known !== undefined) {
        this.#replace(known, columns, job, seen)
        return null
      }
    }
    const key = this.#insert(columns, job, seen, deferred)
    this.#new = key !== null
    if (key !== null) return key
    const known = jobs.find(queue, id)
    if (known === undefined) throw new Error(`Job ${id} is neither new nor known`)
    this.#replace(known, columns, job, seen)
    return null
  }

  #insert(columns: IndexColumns, job: ReadJob, seen: number, deferred: boolean): number | null {
    const { jobs, keys, tally, groups, rollups, rules, ungrouped } = this.#parts
    const { queue, name, state } = columns
    const at = columns.finished ?? 0
    const failure =
      job.hasFailed && !deferred ? groups.idOfMessage(columns.message ?? '', at) : null
    const detailed = rules.wantsDetails(job.hasFailed) ? 0 : 1
    const added = { failure, detailed, seen }
    // Nothing else can stand under the key then but a row of this table, which the insert tells.
    let key = tally.gone === 0 ? keys.guess(job.at) : keys.take(job.at)
    if (!jobs.insertNew(key, columns, added)) {
      if (jobs.find(queue, columns.id) !== undefined) {
        // The group may have been made for nothing.
        if (failure !== null) rollups.check(failure)
        return null
      }
      key = keys.take(job.at)
      if (!jobs.insertNew(key, columns, added)) return null
    }
    this.#notice(columns)
    tally.add(queue, state, 1)
    if (detailed === 0) tally.undetailed += 1
    if (failure !== null) rollups.add({ failure, at, queue, name, user: null })
    else if (job.hasFailed) ungrouped.add(key)
    return key
  }

  #restore(gone: GoneColumns, job: ReadJob, seen: number): void {
    const { jobs, tally, text } = this.#parts
    const { gone: _, ...old } = gone
    jobs.removeGone(gone.key)
    tally.addGone(gone.queue, -1)
    const row = this.#merge(old, this.#columnsOf(gone.queue, job), job, seen)
    jobs.insert(row)
    if (row.key !== gone.key) jobs.movePayload(gone.key, row.key)
    this.#notice(row)
    tally.add(row.queue, row.state, 1)
    tally.detail(null, row.detailed)
    text.add(row.key)
  }

  #replace(old: JobColumns, columns: IndexColumns, job: ReadJob, seen: number): void {
    const { jobs, tally, text, ungrouped } = this.#parts
    const row = this.#merge(ungrouped.grouped(old), columns, job, seen)
    if (isUnchanged(old, row)) {
      if (seen - old.seen >= seenExact) jobs.setSeen(old.key, seen)
      return
    }
    if (row.key === old.key) jobs.update(row)
    else {
      jobs.remove(old.key)
      jobs.insert(row)
      jobs.movePayload(old.key, row.key)
    }
    this.#notice(row)
    tally.add(old.queue, old.state, -1)
    tally.add(row.queue, row.state, 1)
    tally.detail(old.detailed, row.detailed)
    if (row.key !== old.key) {
      text.remove(old.key)
      text.add(row.key)
    } else if (
      row.message !== old.message ||
      row.name !== old.name ||
      row.user !== old.user ||
      !isSameJob(old, row)
    ) {
      text.renew(row.key)
    }
  }

  /** The new row of a job that was known, with what of its details still holds. */
  #merge(old: JobColumns, columns: IndexColumns, job: ReadJob, seen: number): JobColumns {
    const { jobs, keys, groups, rollups, rules } = this.#parts
    const same = isSameJob(old, columns)
    const key = timeOfRow(old) === job.at ? old.key : keys.take(job.at)
    const row: JobColumns = {
      ...old,
      ...(same ? {} : noDetails),
      ...columns,
      key,
      failure: null,
      seen,
    }
    if (!same) jobs.setPayload(old.key, null)
    const sameRun = same && old.finished === row.finished
    if (job.hasFailed) {
      const counted = sameRun ? countedOf(old) : null
      if (counted !== null && old.message === row.message) row.failure = old.failure
      else {
        row.failure = groups.idOfMessage(row.message ?? '', row.finished ?? 0)
        if (counted !== null) rollups.remove(counted)
        const now = countedOf(row)
        if (now !== null) rollups.add(now)
      }
    }
    const holds =
      sameRun &&
      old.message === row.message &&
      old.progress === row.progress &&
      old.attempts === row.attempts &&
      (old.failure === null) === (row.failure === null)
    if (!holds) row.detailed = rules.wantsDetails(job.hasFailed) ? 0 : 1
    return row
  }

  #columnsOf(queue: number, job: ReadJob): IndexColumns {
    const { words } = this.#parts
    const { row } = job
    return {
      queue,
      id: row.id,
      state: job.state,
      name: words.idOf('name', row.name),
      score: job.score,
      added: row.addedAt,
      started: row.startedAt,
      finished: row.finishedAt,
      due: row.dueAt,
      wait: row.wait,
      attempts: row.attemptsMade,
      allowed: row.attemptsAllowed,
      priority: row.priority,
      stalled: job.stalled,
      progress: row.progress,
      message: job.message,
      line: job.line,
      scheduler: words.maybe('scheduler', row.scheduler),
      parent: row.parent === null ? null : `${row.parent.queue}\n${row.parent.job}`,
    }
  }

  #notice(row: IndexColumns): void {
    if (!isFinishedState(row.state) || row.score === null) return
    if (instantOf(timeOfRow(row)) !== Math.floor(row.score)) this.crooked = true
  }
}

/** Another job may have got the id of one that was removed. */
function isSameJob(
  old: Pick<JobColumns, 'added' | 'name'>,
  now: Pick<JobColumns, 'added' | 'name'>,
): boolean {
  return old.added === now.added && old.name === now.name
}

function isUnchanged(old: JobColumns, row: JobColumns): boolean {
  for (const column of Object.keys(row) as (keyof JobColumns)[]) {
    if (column !== 'seen' && old[column] !== row[column]) return false
  }
  return true
}
