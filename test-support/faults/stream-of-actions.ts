import { deepEqual, equal, ok } from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { AuditRecord } from '../../src/shared/contract/audit.ts'
import { errorCatalogue } from '../../src/shared/errors.ts'
import type { JobActionName, WatchedEnvironment } from './watched-environment.ts'
import type { FailingWork, JobTrace } from './work.ts'

/** Several programs act at once. */
const lanes = 3
const betweenActions = 60
const unknownOutcome = 'OUTCOME_UNKNOWN'

/**
 * Retries and removes the jobs of a queue over HTTP, one after the other, while something goes wrong. A job
 * whose action was refused is asked for again, as an operator would; one that was done, or may have been, is
 * not.
 */
export class StreamOfActions {
  readonly #environment: WatchedEnvironment
  readonly #work: FailingWork
  readonly #left: string[]
  /** Every answer of each job, in order. */
  readonly #answers = new Map<string, string[]>()
  #running: Promise<unknown> | null = null
  #stopped = false

  constructor(environment: WatchedEnvironment, work: FailingWork) {
    this.#environment = environment
    this.#work = work
    this.#left = [...work.ids]
  }

  start(): void {
    this.#stopped = false
    this.#running = Promise.all(Array.from({ length: lanes }, () => this.#lane()))
    // Of a test that has failed meanwhile; `stop` throws it to any other.
    this.#running.catch(() => {})
  }

  /** Resolves when the last answer has come. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
    this.#running = null
  }

  /** Resolves when so many actions have been done or refused since now. */
  async answered(count: number): Promise<void> {
    const until = this.#count() + count
    while (this.#count() < until && this.#left.length > 0) await pause(20)
  }

  /**
   * After the recovery: each action that was only refused is asked for once more and must be done. Then no
   * action is lost (what was answered as done is done), none was done twice, and the audit says of each
   * answer just what the answer said.
   */
  async expectNoneLostOrTwice() {
    await this.stop()
    const before = this.#tally()
    for (const job of this.#left.splice(0)) {
      equal(await this.#act(job), 'ok', job)
    }
    await this.#work.settle()
    const traces = await this.#work.traces()
    const told = byJob(await this.#environment.audit(this.#work.queue))
    for (const job of this.#work.ids) {
      const answers = this.#answers.get(job) ?? []
      deepEqual({ job, results: told.get(job) }, { job, results: answers })
      deepEqual(
        { job, answers, ...traces.get(job) },
        { job, answers, ...this.#expected(job, traces) },
      )
    }
    return before
  }

  /** What must have become of a job, by its last answer; one whose outcome is unknown was done or not. */
  #expected(job: string, traces: ReadonlyMap<string, JobTrace>): JobTrace {
    const unknown = this.#answers.get(job)?.at(-1) === unknownOutcome
    const trace = traces.get(job)
    if (actionOf(job) === 'retry') {
      const times = unknown && trace?.retried === 0 ? 0 : 1
      return { exists: true, failed: true, retried: times, removed: 0, executed: times }
    }
    return unknown && trace?.exists === true
      ? { exists: true, failed: true, retried: 0, removed: 0, executed: 0 }
      : { exists: false, failed: false, retried: 0, removed: 1, executed: 0 }
  }

  async #lane(): Promise<void> {
    while (!this.#stopped) {
      const job = this.#left.shift()
      if (job === undefined) return
      const answer = await this.#act(job)
      if (answer !== 'ok' && answer !== unknownOutcome) this.#left.push(job)
      await pause(betweenActions)
    }
  }

  async #act(job: string): Promise<string> {
    const { status, code } = await this.#environment.act(actionOf(job), this.#work.queue, job)
    this.#answers.set(job, [...(this.#answers.get(job) ?? []), code])
    // Nothing but what the catalogue has a word for.
    ok(code === 'ok' || code in errorCatalogue, `${job}: ${status} ${code}`)
    return code
  }

  #count(): number {
    return [...this.#answers.values()].flat().length
  }

  #tally() {
    const all = [...this.#answers.values()].flat()
    const count = (of: (code: string) => boolean) => all.filter((code) => of(code)).length
    const done = count((code) => code === 'ok')
    const unknown = count((code) => code === unknownOutcome)
    return { done, unknown, refused: all.length - done - unknown }
  }
}

/** Every fourth job is removed, the others are retried. */
function actionOf(job: string): JobActionName {
  return Number(job.replace('job-', '')) % 4 === 3 ? 'remove' : 'retry'
}

/** The result of each action on a job, in order. */
function byJob(records: readonly AuditRecord[]): Map<string, (string | null)[]> {
  const results = new Map<string, (string | null)[]>()
  for (const { job, kind, result, outcome } of records) {
    if (job === null) continue
    const own = kind === 'intent' ? (outcome?.result ?? null) : result
    results.set(job, [...(results.get(job) ?? []), own])
  }
  return results
}
