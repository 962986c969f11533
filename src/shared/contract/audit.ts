import { z } from 'zod'
import { environmentInput, instantSchema, procedure } from './base.ts'
import { errorsOf } from '../errors.ts'

/** One link of the chain. `hash` covers every other field, `previousHash` included. */
export const auditEntrySchema = z.object({
  /** 1, 2, 3 ... without a hole over all environments of this console. */
  sequence: z.number().int().positive(),
  at: instantSchema,
  /** `intent` before Redis is touched, `outcome` after it, `refusal` when the guard said no. */
  kind: z.enum(['intent', 'outcome', 'refusal']),
  /** Same for an intent and its outcome. */
  operation: z.string(),
  operator: z.string(),
  /** By which entry the operator came. */
  via: z.enum(['desktop', 'web', 'http']),
  environment: z.string(),
  /** Procedure of the contract, such as `jobs.retry`. */
  action: z.string(),
  queue: z.string().nullable(),
  job: z.string().nullable(),
  /** Why, in the operator's words. */
  reason: z.string().nullable(),
  /** `ok`, or the code of the error; null on an intent. */
  result: z.string().nullable(),
  /** What stood there before (intent) or came of it (outcome): names, states, times, sizes, digests; never payloads. */
  details: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

/** An action as people think of it: its intent together with its outcome, or a refusal. */
export const auditRecordSchema = auditEntrySchema.extend({
  /** Of an intent: its outcome entry; null while it runs, and on refusals. */
  outcome: auditEntrySchema.nullable(),
})
export type AuditRecord = z.infer<typeof auditRecordSchema>

export const auditPageSchema = z.object({
  items: z.array(auditRecordSchema),
  cursor: z.string().nullable(),
  total: z.number().int().nonnegative(),
})
export type AuditPage = z.infer<typeof auditPageSchema>

export const audit = {
  list: procedure
    .route({
      method: 'GET',
      path: '/environments/{environment}/audit',
      summary: 'Actions on an environment, newest first; also while it is offline',
    })
    .errors(errorsOf('ENVIRONMENT_NOT_FOUND', 'CURSOR_INVALID', 'AUDIT_UNAVAILABLE'))
    .input(
      environmentInput.extend({
        limit: z.number().int().min(1).max(200).default(50),
        cursor: z.string().max(200).optional(),
        queue: z.string().optional(),
        job: z.string().optional(),
      }),
    )
    .output(auditPageSchema),
  verify: procedure
    .route({
      method: 'GET',
      path: '/audit/verification',
      summary: 'Recompute the whole chain of hashes',
    })
    .errors(errorsOf('AUDIT_UNAVAILABLE'))
    .output(
      z.object({
        intact: z.boolean(),
        entries: z.number().int().nonnegative(),
        /** First link that does not hold; null when intact. */
        brokenAt: z.number().int().nullable(),
        verifiedAt: instantSchema,
      }),
    ),
}
