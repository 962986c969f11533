import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { jobStateSchema } from './job-state.ts'
import { errorsOf } from '../errors.ts'
import { environmentInput, environmentProcedure, instantSchema, queueInput } from './base.ts'

const count = z.number().int().nonnegative()

export const stateCountsSchema = z.record(jobStateSchema, count)
export type StateCounts = z.infer<typeof stateCountsSchema>

export const queueSchema = z.object({
  name: z.string(),
  /** `bull` is Bull 3 or 4, read only here. */
  library: z.enum(['bullmq', 'bull']),
  /** BullMQ's own version from `meta.version`, such as `6.7.0`; null for Bull and before it wrote one. */
  version: z.string().nullable(),
  counts: stateCountsSchema,
  paused: z.boolean(),
  /** Connected workers; null when Redis will not tell (no CLIENT LIST, a replica, a proxy). */
  workers: count.nullable(),
  /** Failed share, 0 to 1, of jobs finished in the last hour that Redis still keeps; null when none. */
  failureShare: z.number().min(0).max(1).nullable(),
  /** Jobs added per minute over the last minute; null until it was watched long enough. */
  rateIn: z.number().nonnegative().nullable(),
  /** Jobs finished per minute over the last minute; null until it was watched long enough. */
  rateOut: z.number().nonnegative().nullable(),
  /** When the job at the head of the line was added; null when nothing waits. */
  oldestWaitingAt: instantSchema.nullable(),
  /** When these figures were read. */
  readAt: instantSchema,
})
export type Queue = z.infer<typeof queueSchema>

export const discoverySchema = z.object({
  /** `scanning` while the paced key scan runs. */
  state: z.enum(['idle', 'scanning', 'failed']),
  /** Share of the keyspace scanned so far, 0 to 1; null when unknown. */
  progress: z.number().min(0).max(1).nullable(),
  finishedAt: instantSchema.nullable(),
})
export type Discovery = z.infer<typeof discoverySchema>

export const queueListSchema = z.object({
  queues: z.array(queueSchema),
  discovery: discoverySchema,
})
export type QueueList = z.infer<typeof queueListSchema>

export const queues = {
  list: environmentProcedure
    .route({
      method: 'GET',
      path: '/environments/{environment}/queues',
      summary: 'All known queues, freshly read',
    })
    .input(environmentInput)
    .output(queueListSchema),
  watch: environmentProcedure
    .route({
      method: 'GET',
      path: '/environments/{environment}/queues/live',
      summary: 'All known queues: those named visible each second, the others every ten seconds',
    })
    .input(environmentInput.extend({ visible: z.array(z.string()).max(1000).default([]) }))
    .output(eventIterator(queueListSchema)),
  add: environmentProcedure
    .route({
      method: 'POST',
      path: '/environments/{environment}/queues',
      summary: 'Remember a queue that discovery did not find; Redis is not changed',
    })
    .errors(errorsOf('QUEUE_NOT_FOUND', 'QUEUE_NAME_INVALID'))
    .input(queueInput)
    .output(queueSchema),
  rescan: environmentProcedure
    .route({
      method: 'POST',
      path: '/environments/{environment}/queues/scan',
      summary: 'Start a paced scan for queues',
    })
    .input(environmentInput)
    .output(discoverySchema),
}
