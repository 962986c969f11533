import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorsOf } from '../errors.ts'

export interface ProcedureMeta {
  /** True for every procedure that may change Redis: all of them go through the one door. */
  action?: boolean
}

/** Start of every procedure that is not about one environment. */
export const procedure = oc.$meta<ProcedureMeta>({})

/** Start of every procedure about one environment. */
export const environmentProcedure = procedure.errors(
  errorsOf('ENVIRONMENT_NOT_FOUND', 'ENVIRONMENT_UNREACHABLE', 'PERMISSION_DENIED'),
)

/** Start of every procedure that may change Redis. */
export const actionProcedure = environmentProcedure
  .errors(
    errorsOf(
      'ENVIRONMENT_READ_ONLY',
      'ENVIRONMENT_LOCKED',
      'QUEUE_NOT_FOUND',
      'QUEUE_UNSUPPORTED',
      'QUEUE_PAUSE_MIXED',
      'QUEUE_ACROSS_SLOTS',
      'JOB_ACROSS_SLOTS',
      'JOB_NOT_FOUND',
      'JOB_STATE_CHANGED',
      'JOB_ACTIVE',
      'JOB_OWNED_BY_SCHEDULER',
      'JOB_PARENT_WAITING',
      'JOB_FAMILY_TOO_LARGE',
      'KEY_TYPE_UNEXPECTED',
      'AUDIT_UNAVAILABLE',
      'OUTCOME_UNKNOWN',
    ),
  )
  .meta({ action: true })

/** An instant, in milliseconds since the Unix epoch. */
export const instantSchema = z.number()
/** A length of time, in milliseconds. */
export const durationSchema = z.number()

export const environmentInput = z.object({ environment: z.string().min(1).max(100) })
export const queueInput = environmentInput.extend({ queue: z.string().min(1).max(500) })
export const jobInput = queueInput.extend({ job: z.string().min(1).max(1000) })
