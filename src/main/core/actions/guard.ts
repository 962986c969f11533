import type { Rights } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import type { JobAction } from '#shared/contract/jobs.ts'
import { actionRefusal } from '#shared/domain/action-refusal.ts'
import { retryableStates } from '#shared/domain/job-state.ts'
import { bullmqVersion } from '#shared/domain/library-version.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { JobActionRequest } from '../services.ts'
import { mostChildren, type ActionFacts, type JobFacts, type QueueFacts } from './ports.ts'
import { isPauseMixed, scriptMajorOf } from './script-major.ts'

/**
 * Why an action may not be done in an environment now, or null, by the rule the window goes by too. Whether
 * Redis answers is left to the reading that follows.
 */
export function environmentRefusal(
  action: JobAction,
  { id, lock }: Pick<Environment, 'id' | 'lock'>,
  rights: Rights,
): ConsoleError | null {
  const environment = id
  const refusal = actionRefusal(action, { lock, health: answering, rights })
  if (refusal === null) return null
  if (refusal.because === 'locked') return new ConsoleError('ENVIRONMENT_LOCKED', { environment })
  if (refusal.because === 'rights') {
    const command = refusal.missing.join(', ')
    return new ConsoleError('PERMISSION_DENIED', { environment, command })
  }
  return new ConsoleError('ENVIRONMENT_READ_ONLY', { environment })
}

const answering = { state: 'ready', reason: null } as const

/** @throws ConsoleError QUEUE_NOT_FOUND or JOB_NOT_FOUND. */
export function existingJob({ queue, job }: ActionFacts, request: JobActionRequest): JobFacts {
  if (job !== null) return job
  throw queue.exists
    ? new ConsoleError('JOB_NOT_FOUND', { queue: request.queue, job: request.job })
    : new ConsoleError('QUEUE_NOT_FOUND', { queue: request.queue })
}

/**
 * Why an action on a job is refused, or null. Pure, so that the preview, the action and the last look
 * before the change all ask the very same question.
 */
export function jobRefusal(
  action: JobAction,
  request: JobActionRequest,
  queue: QueueFacts,
  job: JobFacts,
): ConsoleError | null {
  if (queue.acrossSlots) return new ConsoleError('QUEUE_ACROSS_SLOTS', { queue: request.queue })
  const major = scriptMajorOf(queue)
  if (major === null) {
    const version = bullmqVersion(queue.version) ?? queue.version
    return new ConsoleError('QUEUE_UNSUPPORTED', { queue: request.queue, version })
  }
  const { expectedState } = request
  if (expectedState !== undefined && job.state !== expectedState) {
    return stateChanged(request, expectedState, job)
  }
  // Both scripts go on to the parent, when they have done their part on the job.
  if (job.parent?.acrossSlots === true) return acrossSlots(request, job.parent.queue)
  const own = action === 'retry' ? retryRefusal(request, job) : removeRefusal(request, job)
  if (own !== null) return own
  return isPauseMixed(major, queue)
    ? new ConsoleError('QUEUE_PAUSE_MIXED', { queue: request.queue })
    : null
}

function retryRefusal(request: JobActionRequest, job: JobFacts): ConsoleError | null {
  if (job.state !== 'unknown' && retryableStates.includes(job.state)) return null
  return stateChanged(request, 'failed', job)
}

function removeRefusal(request: JobActionRequest, job: JobFacts): ConsoleError | null {
  if (job.locked) return new ConsoleError('JOB_ACTIVE', { job: request.job })
  const { count } = job.children
  if (count > mostChildren) {
    const limit = mostChildren
    return new ConsoleError('JOB_FAMILY_TOO_LARGE', { job: request.job, count, limit })
  }
  if (job.children.active !== null) {
    return new ConsoleError('JOB_ACTIVE', { job: job.children.active.job })
  }
  if (job.children.acrossSlots !== null) {
    return acrossSlots(request, job.children.acrossSlots.queue)
  }
  if (job.scheduler?.pending === true) {
    const scheduler = job.scheduler.id
    return new ConsoleError('JOB_OWNED_BY_SCHEDULER', { job: request.job, scheduler })
  }
  if (job.parent?.counting === true) {
    const { queue: parentQueue, job: parent } = job.parent
    return new ConsoleError('JOB_PARENT_WAITING', { job: request.job, parentQueue, parent })
  }
  return null
}

const acrossSlots = ({ queue, job }: JobActionRequest, other: string) =>
  new ConsoleError('JOB_ACROSS_SLOTS', { queue, job, other })

const stateChanged = ({ job }: JobActionRequest, expected: string, { state }: JobFacts) =>
  new ConsoleError('JOB_STATE_CHANGED', { job, expected, actual: state })
