import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { jobStateSchema } from './job-state.ts'
import { errorsOf } from '../errors.ts'
import {
  actionProcedure,
  durationSchema,
  environmentInput,
  environmentProcedure,
  instantSchema,
  jobInput,
  queueInput,
} from './base.ts'
import { stateCountsSchema } from './queues.ts'

const queueProcedure = environmentProcedure.errors(errorsOf('QUEUE_NOT_FOUND'))
const jobProcedure = queueProcedure.errors(errorsOf('JOB_NOT_FOUND'))

export const jobRefSchema = z.object({ queue: z.string(), job: z.string() })
export type JobRef = z.infer<typeof jobRefSchema>

/** One line of a job list. Reading it never fetches data, returnvalue or stacktrace. */
export const jobRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `unknown` for a job hash that is in no state (an orphan). */
  state: z.union([jobStateSchema, z.literal('unknown')]),
  addedAt: instantSchema.nullable(),
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  /** When a delayed job is due. */
  dueAt: instantSchema.nullable(),
  /** From being runnable (added, or due) to start. */
  wait: durationSchema.nullable(),
  /** From start to finish of the last attempt. */
  duration: durationSchema.nullable(),
  attemptsMade: z.number().int().nonnegative(),
  attemptsAllowed: z.number().int().positive(),
  /** A percentage when it is a number; text for anything else; null when none was reported. */
  progress: z.union([z.number(), z.string()]).nullable(),
  priority: z.number().int().nonnegative(),
  /** First line of the failure's message, cut at 300 characters. */
  error: z.string().nullable(),
  scheduler: z.string().nullable(),
  parent: jobRefSchema.nullable(),
})
export type JobRow = z.infer<typeof jobRowSchema>

export const jobPageSchema = z.object({
  items: z.array(jobRowSchema),
  /** Opaque; null at the end of the list. */
  cursor: z.string().nullable(),
  /** Jobs in this state now. */
  total: z.number().int().nonnegative(),
  readAt: instantSchema,
})
export type JobPage = z.infer<typeof jobPageSchema>

/** A value of a job's hash as text. Only `size` is exact when it was cut. */
export const jobValueSchema = z.object({
  /** Bytes in Redis. */
  size: z.number().int().nonnegative(),
  text: z.string(),
  /** True when `text` is only the beginning (or nothing, over 8 MB): ask for the whole with `value`. */
  cut: z.boolean(),
})
export type JobValue = z.infer<typeof jobValueSchema>

export const jobDetailSchema = jobRowSchema.extend({
  queue: z.string(),
  data: jobValueSchema.nullable(),
  result: jobValueSchema.nullable(),
  progressValue: jobValueSchema.nullable(),
  options: jobValueSchema.nullable(),
  /** The whole message. */
  failedReason: jobValueSchema.nullable(),
  /** BullMQ's JSON array of stacks, one per failed attempt, oldest first. */
  stacktrace: jobValueSchema.nullable(),
  attemptsStarted: z.number().int().nonnegative().nullable(),
  stalledCount: z.number().int().nonnegative(),
  delay: durationSchema,
  /** Name of the worker that last took it. */
  processedBy: z.string().nullable(),
  deduplicationId: z.string().nullable(),
  children: z.object({
    pending: z.number().int().nonnegative(),
    processed: z.number().int().nonnegative(),
    failed: z.number().int().nonnegative(),
  }),
  logCount: z.number().int().nonnegative(),
  readAt: instantSchema,
})
export type JobDetail = z.infer<typeof jobDetailSchema>

export const logPageSchema = z.object({
  /**
   * Index of the first line of this page; lines are numbered from 0, oldest first. While a log is
   * followed, the numbers go on where it is trimmed, and skip one where lines were missed.
   */
  start: z.number().int().nonnegative(),
  /**
   * Lines over 64 KB are cut and end in their size, such as `… (98 KB)`. A page ends early at about 4 MB:
   * go on behind its last line. Of one counted from the end, it is the oldest lines that are left out.
   */
  lines: z.array(z.string()),
  total: z.number().int().nonnegative(),
})
export type LogPage = z.infer<typeof logPageSchema>

export const jobFields = [
  'data',
  'returnvalue',
  'stacktrace',
  'failedReason',
  'opts',
  'progress',
] as const

export const jobActionSchema = z.enum(['retry', 'remove'])
export type JobAction = z.infer<typeof jobActionSchema>

/** What an action would do to one job now, or why it is refused. Nothing is changed by asking. */
export const jobPreviewSchema = z.object({
  action: jobActionSchema,
  state: z.union([jobStateSchema, z.literal('unknown')]),
  allowed: z.boolean(),
  /** The refusal the action itself would give; null when allowed. */
  refusal: z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) }).nullable(),
  /** Where the job goes; null for removal. */
  target: jobStateSchema.nullable(),
  attemptsMade: z.number().int().nonnegative(),
  attemptsAllowed: z.number().int().positive(),
  /** Children that are removed together with the job. */
  children: z.number().int().nonnegative(),
  /** The queue is paused, so a retried job waits until it is resumed. */
  paused: z.boolean(),
})
export type JobPreview = z.infer<typeof jobPreviewSchema>

const outcomeSchema = z.object({
  job: z.string(),
  state: z.union([jobStateSchema, z.literal('removed'), z.literal('unknown')]),
  /**
   * Sequence numbers of the audit's intent and outcome. `outcome` is null when Redis did it but the
   * audit could not be written at that moment: it is written later.
   */
  audit: z.object({ intent: z.number().int(), outcome: z.number().int().nullable() }),
})

/** Of every action. Strict: a safety that is misspelt must not go unheard. */
const actionInput = jobInput.strict().extend({
  /** The state the caller saw; the action is refused when the job has left it. */
  expectedState: jobStateSchema.optional(),
  /** Why, for the audit. */
  reason: z.string().max(500).optional(),
})

const base = '/environments/{environment}/queues/{queue}/jobs' as const

export const jobs = {
  list: queueProcedure
    .route({ method: 'GET', path: base, summary: 'Jobs of a queue in a state, newest first' })
    .errors(errorsOf('CURSOR_INVALID'))
    .input(
      queueInput.extend({
        state: jobStateSchema.default('failed'),
        limit: z.number().int().min(1).max(200).default(50),
        cursor: z.string().max(2000).optional(),
      }),
    )
    .output(jobPageSchema),
  watch: queueProcedure
    .route({
      method: 'GET',
      path: '/environments/{environment}/queues/{queue}/live',
      summary:
        'Counts of a queue and the newest jobs of a state: now, then each second while they change',
    })
    .input(
      queueInput.extend({
        state: jobStateSchema.default('failed'),
        limit: z.number().int().min(1).max(200).default(50),
        /** Jobs on screen besides the newest: `rows` brings them up to date, `gone` names those that left the state. */
        also: z.array(z.string()).max(200).default([]),
      }),
    )
    .output(
      eventIterator(
        z.object({
          page: jobPageSchema,
          rows: z.array(jobRowSchema),
          gone: z.array(z.string()),
          counts: stateCountsSchema,
          paused: z.boolean(),
        }),
      ),
    ),
  find: environmentProcedure
    .route({
      method: 'GET',
      path: '/environments/{environment}/find',
      summary: 'Jobs with this id, over all known queues',
    })
    .input(environmentInput.extend({ id: z.string().min(1).max(1000) }))
    .output(z.array(jobRowSchema.extend({ queue: z.string() }))),
  get: jobProcedure
    .route({ method: 'GET', path: `${base}/{job}`, summary: 'One job, large values cut' })
    .input(jobInput)
    .output(jobDetailSchema),
  value: jobProcedure
    .route({
      method: 'GET',
      path: `${base}/{job}/values/{field}`,
      summary: 'One value of a job, whole up to 64 MB',
    })
    .errors(errorsOf('VALUE_TOO_LARGE'))
    .input(jobInput.extend({ field: z.enum(jobFields) }))
    .output(jobValueSchema),
  raw: jobProcedure
    .route({
      method: 'GET',
      path: `${base}/{job}/raw`,
      summary: 'The hash as it stands in Redis, large values cut',
    })
    .input(jobInput)
    .output(
      z.object({ key: z.string(), fields: z.array(jobValueSchema.extend({ name: z.string() })) }),
    ),
  logs: jobProcedure
    .route({
      method: 'GET',
      path: `${base}/{job}/logs`,
      summary: 'Log lines of a job, oldest first',
    })
    .input(
      jobInput.extend({
        /** Counted from the end when negative, as Redis does. */
        start: z.number().int().default(-200),
        limit: z.number().int().min(1).max(1000).default(200),
      }),
    )
    .output(logPageSchema),
  followLogs: jobProcedure
    .route({
      method: 'GET',
      path: `${base}/{job}/logs/live`,
      summary: 'New log lines while the job is active',
    })
    .input(jobInput.extend({ start: z.number().int().nonnegative() }))
    .output(eventIterator(logPageSchema)),
  preview: jobProcedure
    .route({
      method: 'GET',
      path: `${base}/{job}/preview`,
      summary: 'What an action would do to this job, or why it is refused',
    })
    .errors(errorsOf('KEY_TYPE_UNEXPECTED'))
    .input(jobInput.extend({ action: jobActionSchema }))
    .output(jobPreviewSchema),
  retry: actionProcedure
    .route({
      method: 'POST',
      path: `${base}/{job}/retry`,
      summary: 'Move a failed or completed job back to waiting',
    })
    .input(
      actionInput.extend({
        /** Start the count of attempts again; otherwise an exhausted job gets exactly one run. */
        resetAttempts: z.boolean().default(false),
      }),
    )
    .output(outcomeSchema),
  remove: actionProcedure
    .route({
      method: 'DELETE',
      path: `${base}/{job}`,
      summary: 'Delete a job, with its logs and children',
    })
    .input(actionInput)
    .output(outcomeSchema),
}
