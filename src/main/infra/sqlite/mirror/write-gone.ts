import type { JobsBatch } from '#core/mirror/ports.ts'
import { type GoneColumns, type JobColumns, noDetails } from './columns.ts'
import type { Parts } from './parts.ts'
import { longestMessage } from './schema.ts'
import { failedState, isFinishedState, stateIndex } from './states.ts'
import { countedOf, timeOfRow } from './write-jobs.ts'

/** Takes jobs that are no longer in Redis out of `job`: within a transaction. */
export class GoneWriting {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** A job that was found missing. Does nothing for one that is not there. */
  mark(queue: number, id: string, at: number): void {
    const row = this.#parts.jobs.find(queue, id)
    if (row !== undefined) this.move(row, at)
  }

  move(row: JobColumns, at: number): void {
    this.#take(row)
    this.#keep({ ...this.#parts.ungrouped.grouped(row), gone: at })
  }

  /** A job of which an event told, though its hash was gone when it was to be read. */
  tell(queue: number, told: JobsBatch['gone'][number]): void {
    const { jobs, keys, groups, rollups, ungrouped } = this.#parts
    const found = jobs.find(queue, told.id)
    const known = found && ungrouped.grouped(found)
    const before = known === undefined ? jobs.findGone(queue, told.id) : undefined
    if (before !== undefined && timeOfRow(before) === told.at) return
    const old = known ?? this.#unknown(queue, told)
    const state = told.state === null ? old.state : stateIndex(told.state)
    const row: JobColumns = { ...old, state }
    // An event that ends a job is all there is of its end.
    if (isFinishedState(state) && old.state !== state) row.finished = told.at
    if (state === failedState && told.message) {
      row.message = told.message.slice(0, longestMessage)
      if (countedOf(old) === null) {
        row.failure = groups.idOfMessage(row.message, row.finished ?? told.at)
        const counted = countedOf(row)
        if (counted !== null) rollups.add(counted)
      }
    }
    if (known === undefined || timeOfRow(row) !== timeOfRow(old))
      row.key = keys.take(timeOfRow(row))
    if (known !== undefined) {
      this.#take(known)
      if (row.key !== known.key) jobs.movePayload(known.key, row.key)
    }
    this.#keep({ ...row, gone: told.at })
  }

  #take(row: JobColumns): void {
    const { jobs, tally, text } = this.#parts
    jobs.remove(row.key)
    text.remove(row.key)
    tally.add(row.queue, row.state, -1)
    tally.detail(row.detailed, null)
  }

  #keep(row: GoneColumns): void {
    const { jobs, tally, rules } = this.#parts
    const before = jobs.findGone(row.queue, row.id)
    if (before !== undefined) {
      jobs.removeGone(before.key)
      jobs.setPayload(before.key, null)
      tally.addGone(row.queue, -1)
    }
    if (!rules.keepsGone) {
      jobs.setPayload(row.key, null)
      return
    }
    jobs.insertGone(row)
    tally.addGone(row.queue, 1)
  }

  #unknown(queue: number, { id, name, at }: JobsBatch['gone'][number]): JobColumns {
    return {
      key: 0,
      queue,
      id,
      state: stateIndex('unknown'),
      name: this.#parts.words.idOf('name', name ?? ''),
      score: null,
      added: at,
      started: null,
      finished: null,
      due: null,
      wait: null,
      attempts: 0,
      allowed: 1,
      priority: 0,
      stalled: 0,
      progress: null,
      message: null,
      line: null,
      scheduler: null,
      parent: null,
      failure: null,
      ...noDetails,
      detailed: 1,
      seen: at,
    }
  }
}
