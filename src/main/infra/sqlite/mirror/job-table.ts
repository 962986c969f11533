import type { Database } from 'better-sqlite3'
import {
  type GoneColumns,
  type IndexColumns,
  type JobColumns,
  noDetails,
  rowColumns,
} from './columns.ts'

const list = rowColumns.join(', ')
const given = rowColumns.map((column) => `@${column}`).join(', ')

const detailColumns = Object.keys(noDetails)

/** Columns that most new rows leave as they are, since each value bound takes its time. */
const rare = ['due', 'priority', 'stalled', 'line', 'scheduler', 'parent'] as const

function update(columns: readonly string[]): string {
  const set = columns.map((column) => `${column} = @${column}`).join(', ')
  return `UPDATE job SET ${set} WHERE key = @key`
}

function isUsual({ due, priority, stalled, line, scheduler, parent }: IndexColumns): boolean {
  return (
    priority === 0 &&
    stalled === 0 &&
    due === null &&
    line === null &&
    scheduler === null &&
    parent === null
  )
}

/** Statements on `job`, `gone_job` and `payload`; they keep no count and no index of text. */
export class JobTable {
  readonly #statements

  constructor(database: Database) {
    this.#statements = {
      find: database.prepare<[number, string], JobColumns>(
        'SELECT * FROM job WHERE queue = ? AND id = ?',
      ),
      findGone: database.prepare<[number, string], GoneColumns>(
        'SELECT * FROM gone_job WHERE queue = ? AND id = ?',
      ),
      insertNew: database.prepare(
        `INSERT INTO job (key, queue, id, state, name, score, added, started, finished, wait,
           attempts, allowed, progress, message, failure, detailed, seen,
           due, priority, stalled, line, scheduler, parent)
         VALUES (${'?, '.repeat(17)} NULL, 0, 0, NULL, NULL, NULL) ON CONFLICT DO NOTHING`,
      ),
      setRare: database.prepare<[IndexColumns & { key: number }]>(update(rare)),
      insert: database.prepare<[JobColumns]>(
        `INSERT INTO job (key, ${list}) VALUES (@key, ${given})`,
      ),
      update: database.prepare<[JobColumns]>(
        // Those that never change are left out, since to set one is to write its indexes anew.
        update(rowColumns.filter((column) => column !== 'queue' && column !== 'id')),
      ),
      updateDetails: database.prepare<[JobColumns]>(update([...detailColumns, 'detailed'])),
      updateFailure: database.prepare<[number | null, number]>(
        'UPDATE job SET failure = ? WHERE key = ?',
      ),
      seen: database.prepare<[number, number]>('UPDATE job SET seen = ? WHERE key = ?'),
      remove: database.prepare<[number]>('DELETE FROM job WHERE key = ?'),
      insertGone: database.prepare<[GoneColumns]>(
        `INSERT OR REPLACE INTO gone_job (key, gone, ${list}) VALUES (@key, @gone, ${given})`,
      ),
      removeGone: database.prepare<[number]>('DELETE FROM gone_job WHERE key = ?'),
      setPayload: database.prepare<[number, string]>(
        'INSERT OR REPLACE INTO payload (key, text) VALUES (?, ?)',
      ),
      payload: database.prepare<[number], string>('SELECT text FROM payload WHERE key = ?').pluck(),
      removePayload: database.prepare<[number]>('DELETE FROM payload WHERE key = ?'),
      movePayload: database.prepare<[number, number]>('UPDATE payload SET key = ? WHERE key = ?'),
      undetailed: database.prepare<[number, number], { queue: string; id: string }>(
        `SELECT queue.name AS queue, job.id FROM job INDEXED BY job_undetailed
         CROSS JOIN queue ON queue.id = job.queue
         WHERE job.detailed = 0 AND job.state = ? ORDER BY job.key DESC LIMIT ?`,
      ),
    }
  }

  find(queue: number, id: string): JobColumns | undefined {
    return this.#statements.find.get(queue, id)
  }

  findGone(queue: number, id: string): GoneColumns | undefined {
    return this.#statements.findGone.get(queue, id)
  }

  /** A job that is new, without details. @returns false when its id or key is there: nothing was written. */
  insertNew(
    key: number,
    columns: IndexColumns,
    { failure, detailed, seen }: Pick<JobColumns, 'failure' | 'detailed' | 'seen'>,
  ): boolean {
    const { queue, id, state, name, score, added, started, finished, wait } = columns
    const { attempts, allowed, progress, message } = columns
    // oxfmt-ignore
    const { changes } = this.#statements.insertNew.run(
      key, queue, id, state, name, score, added, started, finished, wait,
      attempts, allowed, progress, message, failure, detailed, seen,
    )
    if (changes === 0) return false
    if (!isUsual(columns)) this.#statements.setRare.run({ ...columns, key })
    return true
  }

  insert(row: JobColumns): void {
    this.#statements.insert.run(row)
  }

  update(row: JobColumns): void {
    this.#statements.update.run(row)
  }

  /** Sets what was read of its payload and stack, and its group where that became another. */
  updateDetails(old: JobColumns, row: JobColumns): void {
    this.#statements.updateDetails.run(row)
    if (row.failure !== old.failure) this.#statements.updateFailure.run(row.failure, row.key)
  }

  setSeen(key: number, seen: number): void {
    this.#statements.seen.run(seen, key)
  }

  remove(key: number): void {
    this.#statements.remove.run(key)
  }

  insertGone(row: GoneColumns): void {
    this.#statements.insertGone.run(row)
  }

  removeGone(key: number): void {
    this.#statements.removeGone.run(key)
  }

  /** Of one state, the newest first. */
  undetailed(state: number, limit: number): { queue: string; id: string }[] {
    return this.#statements.undetailed.all(state, limit)
  }

  payload(key: number): string | null {
    return this.#statements.payload.get(key) ?? null
  }

  setPayload(key: number, text: string | null): void {
    if (text === null || text === '') this.#statements.removePayload.run(key)
    else this.#statements.setPayload.run(key, text)
  }

  movePayload(from: number, to: number): void {
    this.#statements.movePayload.run(to, from)
  }
}
