import type { JobAction, JobPreview } from '#shared/contract/jobs.ts'
import { isConsoleError } from '#shared/errors.ts'
import type { AuditRecorder, AuditSubject } from '../audit/audit-trail.ts'
import type {
  ActionService,
  Actor,
  EnvironmentService,
  JobActionOutcome,
  JobActionRequest,
  JobAddress,
  Log,
} from '../services.ts'
import { environmentRefusal, existingJob, jobRefusal } from './guard.ts'
import { KeyedQueue } from './keyed-queue.ts'
import type { ActionFacts, JobMutations, Recheck } from './ports.ts'
import { retryTarget, scriptMajorOf } from './script-major.ts'
import { failureDetails, snapshotOf } from './snapshot.ts'

export interface ActionDoorParts {
  environments: Pick<EnvironmentService, 'get' | 'vitals'>
  mutations: JobMutations
  audit: AuditRecorder
  log: Log
}

type Execute = (recheck: Recheck) => Promise<JobActionOutcome['state']>

/** The one door: every change of Redis goes through `perform`. */
export class ActionDoor implements ActionService {
  readonly #environments: Pick<EnvironmentService, 'get' | 'vitals'>
  readonly #mutations: JobMutations
  readonly #audit: AuditRecorder
  readonly #log: Log
  readonly #running = new KeyedQueue()

  constructor({ environments, mutations, audit, log }: ActionDoorParts) {
    this.#environments = environments
    this.#mutations = mutations
    this.#audit = audit
    this.#log = log
  }

  async preview(address: JobAddress, action: JobAction): Promise<JobPreview> {
    const facts = await this.#mutations.read(address)
    const job = existingJob(facts, address)
    const refusal =
      this.#environmentRefusal(action, address) ?? jobRefusal(action, address, facts.queue, job)
    const major = scriptMajorOf(facts.queue)
    return {
      action,
      state: job.state,
      allowed: refusal === null,
      refusal: refusal && { code: refusal.code, data: refusal.data },
      target: action === 'retry' && major !== null ? retryTarget(major, job.priority) : null,
      attemptsMade: job.attemptsMade,
      attemptsAllowed: job.attemptsAllowed,
      children: action === 'remove' ? job.children.count : 0,
      paused: facts.queue.paused,
    }
  }

  retry(
    actor: Actor,
    request: JobActionRequest & { resetAttempts: boolean },
  ): Promise<JobActionOutcome> {
    const { resetAttempts } = request
    return this.#perform(actor, 'retry', request, { resetAttempts }, (recheck) =>
      this.#mutations.retry(request, { resetAttempts }, recheck),
    )
  }

  remove(actor: Actor, request: JobActionRequest): Promise<JobActionOutcome> {
    return this.#perform(actor, 'remove', request, {}, async (recheck) => {
      await this.#mutations.remove(request, recheck)
      return 'removed'
    })
  }

  /** Resolves when what is under way has ended. */
  close(): Promise<void> {
    return this.#running.idle()
  }

  /**
   * The fixed order of every action: guard, audit intent, execute, audit outcome. One at a time per
   * job. A plan (more than one job, or anything destroyed on a large scale) joins between guard and
   * intent, the recycle bin between intent and execute; no action goes round any of them.
   */
  #perform(
    actor: Actor,
    action: JobAction,
    request: JobActionRequest,
    options: Record<string, unknown>,
    execute: Execute,
  ): Promise<JobActionOutcome> {
    const { environment, queue, job, reason = null } = request
    const subject = { actor, environment, action: `jobs.${action}`, queue, job, reason }
    return this.#running.run(JSON.stringify([environment, queue, job]), async () => {
      const facts = await this.#guard(action, request, subject)
      const intent = this.#audit.intent(subject, { ...snapshotOf(facts), ...options })
      let state: JobActionOutcome['state']
      try {
        state = await execute((now) => this.#check(action, request, now))
      } catch (error) {
        const code = isConsoleError(error) ? error.code : 'FAILED'
        this.#audit.outcome(intent, code, failureDetails(error))
        throw error
      }
      const outcome = this.#audit.outcome(intent, 'ok', { state })
      this.#log.info(
        { operation: intent.operation, action, environment, queue, job },
        'action done',
      )
      return {
        job,
        state,
        audit: { intent: intent.sequence, outcome: outcome?.sequence ?? null },
      }
    })
  }

  /** Reads what the action is about and refuses it, on record, where it must not be done. */
  async #guard(
    action: JobAction,
    request: JobActionRequest,
    subject: AuditSubject,
  ): Promise<ActionFacts> {
    let facts: ActionFacts | null = null
    // Before the audit hears of it: a name that leads nowhere has no audit.
    this.#environments.get(request.environment)
    try {
      const refusal = this.#environmentRefusal(action, request)
      if (refusal !== null) throw refusal
      facts = await this.#mutations.read(request, { digest: true })
      this.#check(action, request, facts)
      return facts
    } catch (error) {
      if (isConsoleError(error)) {
        const snapshot = facts === null ? {} : snapshotOf(facts)
        this.#audit.refusal(subject, error.code, { ...snapshot, ...failureDetails(error) })
      }
      throw error
    }
  }

  #environmentRefusal(action: JobAction, { environment }: JobAddress) {
    const { rights } = this.#environments.vitals(environment)
    return environmentRefusal(action, this.#environments.get(environment), rights)
  }

  /** Also the last look before the change: a lock may have shut since the guard. */
  #check(action: JobAction, request: JobActionRequest, facts: ActionFacts): void {
    const shut = this.#environmentRefusal(action, request)
    if (shut !== null) throw shut
    const refusal = jobRefusal(action, request, facts.queue, existingJob(facts, request))
    if (refusal !== null) throw refusal
  }
}
