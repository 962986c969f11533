import { type Batch, countOf, textOf } from './batch.ts'
import { jobPartKey, queueKey } from './keys.ts'
import type { WorkerCounts } from './workers.ts'

/**
 * A queue's worker count, and null rather than a false 0. When no worker shows although jobs are
 * active, the lock of an active job tells: while one is held, a worker is there but hidden (its user
 * may not name connections, or a proxy stands between).
 */
export class WorkerCheck {
  readonly #prefix: string
  readonly #queue: string
  #suspect: { job: string | null; unlocked: boolean } | null = null

  constructor(prefix: string, queue: string) {
    this.#prefix = prefix
    this.#queue = queue
  }

  ask(batch: Batch): () => void {
    const suspect = this.#suspect
    if (suspect === null) return () => {}
    const active = batch.add('lindex', queueKey(this.#prefix, this.#queue, 'active'), -1)
    const lock =
      suspect.job === null
        ? null
        : batch.add('exists', jobPartKey(this.#prefix, this.#queue, suspect.job, 'lock'))
    return () => {
      const job = textOf(active())
      const unlocked = lock !== null && job === suspect.job && countOf(lock()) === 0
      this.#suspect = { job, unlocked }
    }
  }

  count(workers: WorkerCounts, active: number): number | null {
    if (workers === null) return null
    const count = workers.get(this.#queue) ?? 0
    if (count > 0 || active === 0) {
      this.#suspect = null
      return count
    }
    this.#suspect ??= { job: null, unlocked: false }
    return this.#suspect.unlocked ? 0 : null
  }
}
