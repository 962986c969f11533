import type { JobState } from '#shared/domain/job-state.ts'
import type { QueueEvent } from '../ports.ts'
import { timeOfEntry } from './entry-id.ts'

/** A job of which events told, and what the last of them say. */
export interface PendingJob {
  id: string
  /** `gone` was removed; null where no event said where it stands now. */
  state: JobState | 'gone' | null
  name: string | null
  /** Of a `failed` event. */
  message: string | null
  /** Of the last event, by Redis' clock. */
  at: number
}

/** States that events are named after, in all versions of BullMQ. */
const states: ReadonlyMap<string, JobState | 'gone'> = new Map([
  ['waiting', 'waiting'],
  ['active', 'active'],
  ['delayed', 'delayed'],
  ['waiting-children', 'waiting-children'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['removed', 'gone'],
])

/** Told of jobs that change in place, or that are not in a state yet. */
const touching = new Set(['added', 'progress', 'stalled'])

/** Jobs that events told of and that are still to be read, each once however many told of it. */
export class EventBook {
  readonly #queues = new Map<string, Map<string, PendingJob>>()
  readonly #watched = new Map<string, Set<Set<string>>>()
  #size = 0

  get size(): number {
    return this.#size
  }

  sizeOf(queue: string): number {
    return this.#queues.get(queue)?.size ?? 0
  }

  /** The queue with the most pending jobs; null where none are. */
  get largest(): string | null {
    let [largest, most]: [string | null, number] = [null, 0]
    for (const [queue, { size }] of this.#queues) if (size > most) [largest, most] = [queue, size]
    return largest
  }

  add({ queue, id: entry, event, job, name, message }: QueueEvent): void {
    const state = states.get(event)
    if (job === null || (state === undefined && !touching.has(event))) return
    for (const touched of this.#watched.get(queue) ?? []) touched.add(job)
    const jobs = this.#queues.get(queue) ?? new Map<string, PendingJob>()
    this.#queues.set(queue, jobs)
    const before = jobs.get(job)
    if (before === undefined) this.#size += 1
    jobs.set(job, {
      id: job,
      state: state ?? before?.state ?? null,
      name: name ?? before?.name ?? null,
      message: message ?? before?.message ?? null,
      at: timeOfEntry(entry),
    })
  }

  /** The next jobs to read, of one queue after the other; null when there are none. `all` of that queue's. */
  take(limit: number): { queue: string; jobs: PendingJob[]; all: boolean } | null {
    const next = this.#queues.entries().next()
    if (next.done === true) return null
    const [queue, pending] = next.value
    const jobs: PendingJob[] = []
    for (const job of pending.values()) {
      if (jobs.length === limit) break
      jobs.push(job)
      pending.delete(job.id)
    }
    this.#size -= jobs.length
    // Behind the others.
    this.#queues.delete(queue)
    if (pending.size > 0) this.#queues.set(queue, pending)
    return { queue, jobs, all: pending.size === 0 }
  }

  /** What could not be written is to be read once more, unless newer events told of it. */
  putBack(queue: string, jobs: readonly PendingJob[]): void {
    const pending = this.#queues.get(queue) ?? new Map<string, PendingJob>()
    this.#queues.set(queue, pending)
    for (const job of jobs) {
      const newer = pending.get(job.id)
      if (newer === undefined) this.#size += 1
      pending.set(job.id, {
        ...job,
        ...newer,
        state: newer?.state ?? job.state,
        name: newer?.name ?? job.name,
        message: newer?.message ?? job.message,
      })
    }
  }

  /** Forgets what it knows of a queue. @returns the time of the oldest event of a job that was pending. */
  drop(queue: string): number | null {
    const pending = this.#queues.get(queue)
    if (pending === undefined) return null
    this.#queues.delete(queue)
    this.#size -= pending.size
    let oldest = Infinity
    for (const { at } of pending.values()) oldest = Math.min(oldest, at)
    return oldest
  }

  /**
   * Ids of jobs that events tell of from now on, until `release`: what was read of them before is no longer
   * to be written.
   */
  watch(queue: string): { touched: ReadonlySet<string>; release: () => void } {
    const touched = new Set<string>()
    const watched = this.#watched.get(queue) ?? new Set()
    this.#watched.set(queue, watched)
    watched.add(touched)
    return {
      touched,
      release: () => {
        watched.delete(touched)
        if (watched.size === 0) this.#watched.delete(queue)
      },
    }
  }
}
