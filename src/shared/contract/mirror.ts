import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { jobStateSchema } from './job-state.ts'
import { extractedFields } from '../domain/extraction/extracted-fields.ts'
import { errorsOf } from '../errors.ts'
import { durationSchema, environmentInput, environmentProcedure, instantSchema } from './base.ts'

const count = z.number().int().nonnegative()
const progressSchema = z.object({ done: count, total: count })

/** Why there is no mirror to read or write. */
export const mirrorProblemSchema = z.enum([
  'damaged',
  'newer',
  'disk-full',
  'not-permitted',
  'unavailable',
])
export type MirrorProblem = z.infer<typeof mirrorProblemSchema>

export const mirrorUnreadSchema = z.enum(['denied', 'undiscovered', 'unknown'])
export type MirrorUnread = z.infer<typeof mirrorUnreadSchema>

/** Of one environment: what the mirror holds, and how far it is from Redis. */
export const mirrorStatusSchema = z.object({
  /**
   * `backfilling` reads what was there before; `following` has it all and keeps up. `offline` holds what it
   * had; `failed` cannot be used, for `problem`; `off` was never connected; `elsewhere` is kept by another
   * console on the same data folder, and only read by this one.
   */
  state: z.enum([
    'off',
    'starting',
    'backfilling',
    'following',
    'paused',
    'offline',
    'failed',
    'elsewhere',
  ]),
  problem: mirrorProblemSchema.nullable(),
  /**
   * Why Redis is not read though there is a connection: its user may not send what that takes, its queues could
   * not be looked for, or something unexpected that is in the log; null while it is.
   */
  unread: mirrorUnreadSchema.nullable(),
  /** Everything Redis told up to this moment is in the mirror; null before the first. */
  syncedAt: instantSchema.nullable(),
  /** Changes that are known and not yet written. */
  behind: count,
  /** Jobs that were there before: read, and to be read; null once all are. */
  backfill: progressSchema
    .extend({
      /** Jobs per second of late, and what is left at that rate; null until it is known. */
      rate: z.number().nonnegative().nullable(),
      left: durationSchema.nullable(),
    })
    .nullable(),
  /** Stack traces and extracted fields, which are read after the rest; null once all are. */
  details: progressSchema.nullable(),
  /** Rows whose text is in the search index; null once all are. The others are searched one by one. */
  text: progressSchema.nullable(),
  /**
   * Jobs of which a value was too long to be looked into: data, result, progress or stack over 256 KB, or an
   * error over a megabyte. Fields, payload text or error of such a job are not all there.
   */
  tooLong: count,
  /** Jobs that are in Redis, and those kept though they are gone from it. */
  rows: count,
  gone: count,
  /** Of the file with its journal. */
  bytes: count,
  /** Times that events were missed and the queue compared anew, since this console started. */
  gaps: count,
  /** Moves with each change of the rows. */
  version: count,
})
export type MirrorStatus = z.infer<typeof mirrorStatusSchema>

export const mirrorQueueSchema = z.object({
  queue: z.string(),
  /** `deferred`: more happens than the budget lets be read; compared when it is calm, or after a minute. */
  follow: z.enum(['stream', 'polling', 'deferred']),
  rows: count,
  gone: count,
  counts: z.record(jobStateSchema, count),
  backfill: progressSchema.nullable(),
  behind: count,
  gaps: count,
  lastGapAt: instantSchema.nullable(),
  /** Jobs too many or too few at the last comparison with Redis, before it was mended; null before the first. */
  drift: count.nullable(),
  checkedAt: instantSchema.nullable(),
  /** Entries the queue keeps in its stream of events; null without a stream. */
  streamLength: count.nullable(),
})
export type MirrorQueue = z.infer<typeof mirrorQueueSchema>

/** A path in data, result or progress: `data.user.id`, `returnvalue.items.0.model`. */
export const fieldPathSchema = z
  .string()
  .regex(/^(?:data|returnvalue|progress)(?:\.[^.\s]{1,100}){1,10}$/)

/** The first that leads to a value counts. */
const pathsSchema = z.array(fieldPathSchema).max(10)

export const fieldMappingSchema = z.record(z.enum(extractedFields), pathsSchema)
export type FieldMapping = z.infer<typeof fieldMappingSchema>

export const defaultMapping: FieldMapping = {
  user: ['data.userId', 'data.user_id', 'data.user.id'],
  brand: ['data.brandId', 'data.brand_id', 'data.tenantId', 'data.tenant'],
  provider: ['data.provider', 'returnvalue.provider'],
  model: ['data.model', 'returnvalue.model'],
  variant: ['data.variant', 'data.abVariant', 'data.ab_variant'],
  cost: ['returnvalue.metrics.cost_usd', 'returnvalue.cost_usd', 'progress.metrics.cost_usd'],
  memory: ['returnvalue.metrics.memory_usage_mb', 'progress.metrics.memory_usage_mb'],
  tokens: ['returnvalue.metrics.tokens', 'returnvalue.usage.total_tokens'],
  duration: ['returnvalue.metrics.execution_time_ms', 'progress.metrics.execution_time_ms'],
  checkpoint: ['progress.checkpoint', 'data.checkpoint'],
}

/** Names of keys in a payload whose values are never kept: case-insensitive, anywhere in the name. */
export const defaultRedaction = [
  'password',
  'passwd',
  'token',
  'secret',
  'authorization',
  'api[-_]?key',
  'private[-_]?key',
  'cookie',
  'session',
  'credit[-_]?card',
  'iban',
  'ssn',
]

export const mirrorSettingsSchema = z.object({
  /** Days that jobs gone from Redis are kept; 0 keeps none. */
  retentionDays: z.number().int().min(0).max(3650),
  mapping: fieldMappingSchema,
  /** Whose payload is kept for search. */
  payloadText: z.enum(['off', 'failed', 'all']),
  /** Bytes of a payload that are kept; what is behind them cannot be found. */
  payloadBytes: z.number().int().min(256).max(65_536),
  /** Regular expressions over the keys of a payload, without `/`. */
  redaction: z.array(z.string().min(1).max(200)).max(100),
})
export type MirrorSettings = z.infer<typeof mirrorSettingsSchema>

export const defaultMirrorSettings: MirrorSettings = {
  retentionDays: 30,
  mapping: defaultMapping,
  payloadText: 'off',
  payloadBytes: 4096,
  redaction: defaultRedaction,
}

export const extractedSchema = z.record(
  z.enum(extractedFields),
  z.union([z.string(), z.number()]).nullable(),
)
export type Extracted = z.infer<typeof extractedSchema>

const base = '/environments/{environment}/mirror' as const
const mirrorProcedure = environmentProcedure.errors(errorsOf('MIRROR_UNAVAILABLE'))

export const mirror = {
  status: mirrorProcedure
    .route({ method: 'GET', path: base, summary: 'What the mirror holds, per queue' })
    .input(environmentInput)
    .output(mirrorStatusSchema.extend({ queues: z.array(mirrorQueueSchema) })),
  watch: mirrorProcedure
    .route({ method: 'GET', path: `${base}/live`, summary: 'What the mirror holds, as it changes' })
    .input(environmentInput)
    .output(eventIterator(mirrorStatusSchema)),
  rebuild: mirrorProcedure
    .route({
      method: 'POST',
      path: `${base}/rebuild`,
      summary: 'Read the mirror of all queues, or of one, anew; Redis is not changed',
    })
    .errors(errorsOf('QUEUE_NOT_FOUND'))
    .input(environmentInput.extend({ queue: z.string().min(1).max(500).optional() }))
    .output(mirrorStatusSchema),
  pause: mirrorProcedure
    .route({ method: 'POST', path: `${base}/pause`, summary: 'Stop reading for the mirror' })
    .input(environmentInput)
    .output(mirrorStatusSchema),
  resume: mirrorProcedure
    .route({ method: 'POST', path: `${base}/resume`, summary: 'Go on reading for the mirror' })
    .input(environmentInput)
    .output(mirrorStatusSchema),
  settings: mirrorProcedure
    .route({ method: 'GET', path: `${base}/settings`, summary: 'What the mirror keeps of a job' })
    .input(environmentInput)
    .output(mirrorSettingsSchema),
  configure: mirrorProcedure
    .route({
      method: 'PATCH',
      path: `${base}/settings`,
      summary: 'Change what the mirror keeps of a job; what was kept so far is read anew',
    })
    .errors(errorsOf('MIRROR_SETTINGS_INVALID'))
    .input(environmentInput.extend({ change: mirrorSettingsSchema.partial() }))
    .output(mirrorSettingsSchema),
  preview: mirrorProcedure
    .route({
      method: 'POST',
      path: `${base}/preview`,
      summary:
        'What these settings would keep of a real job: of the newest ones, where none is named',
    })
    .errors(errorsOf('MIRROR_SETTINGS_INVALID', 'QUEUE_NOT_FOUND', 'JOB_NOT_FOUND'))
    .input(
      environmentInput.extend({
        settings: mirrorSettingsSchema.pick({ mapping: true, payloadBytes: true, redaction: true }),
        queue: z.string().min(1).max(500),
        job: z.string().min(1).max(1000).optional(),
      }),
    )
    .output(
      z.object({
        job: z.string(),
        extracted: extractedSchema,
        /** The payload as it would be kept, redacted and cut. */
        payload: z.string(),
        redacted: count,
      }),
    ),
}
