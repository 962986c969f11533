import { z } from 'zod'
import { errorsOf } from '../errors.ts'
import { durationSchema, environmentInput, environmentProcedure, instantSchema } from './base.ts'
import { coverageSchema } from './job-search.ts'

const count = z.number().int().nonnegative()

/** Hours that a trend spans, and its number of bars. */
export const failureWindows = {
  '24h': { hours: 24, bars: 24 },
  '7d': { hours: 168, bars: 28 },
  '30d': { hours: 720, bars: 30 },
} as const
export const failureWindowSchema = z.enum(['24h', '7d', '30d'])
export type FailureWindow = z.infer<typeof failureWindowSchema>

/** `resolved` opens again when it is seen anew; `muted` stays so. */
export const failureStatusSchema = z.enum(['open', 'resolved', 'muted'])
export type FailureStatus = z.infer<typeof failureStatusSchema>

export const failureGroupSchema = z.object({
  /** The fingerprint, which is the same in every environment. */
  id: z.string(),
  /** As an operator named it. */
  name: z.string().nullable(),
  errorClass: z.string().nullable(),
  /** The message with its variable parts as `<number>`, `<uuid>` and the like. */
  message: z.string(),
  /** Function and file of the first frame of the application; null where no stack tells. */
  frame: z.string().nullable(),
  status: failureStatusSchema,
  /** True when it was resolved and seen again since. */
  reopened: z.boolean(),
  /** Failures within the window, and their share of all failures there, 0 to 1. */
  count: count,
  share: z.number().min(0).max(1),
  /** Jobs that stand as failed in Redis now because of it. */
  failedNow: count,
  /** The busiest first, at most five of `places`. */
  queues: z.array(z.object({ queue: z.string(), name: z.string(), count: count })),
  places: count,
  firstSeenAt: instantSchema,
  lastSeenAt: instantSchema,
  /** First seen within the window, by a mirror that knows failures from a day or more before it. */
  isNew: z.boolean(),
  /** How long it was quiet before it came back within the window; null when it never was for a day. */
  backAfter: durationSchema.nullable(),
  /** Failures in each part of the window, oldest first. */
  trend: z.array(count),
  /** Different users; null where none is known. */
  users: count.nullable(),
  note: z.string().nullable(),
  /** A link to what to do about it. */
  runbook: z.string().nullable(),
  /** Groups that were merged into this one. */
  merged: z.array(z.string()),
  /** Told apart by message. */
  split: z.boolean(),
  /** The group it was split from. */
  splitFrom: z.string().nullable(),
  /** Who changed name, status, note or grouping last, and when. */
  changedBy: z.string().nullable(),
  changedAt: instantSchema.nullable(),
})
export type FailureGroup = z.infer<typeof failureGroupSchema>

export const failureListSchema = z.object({
  groups: z.array(failureGroupSchema),
  /** Groups of this status and all failures within the window, beyond the limit too. */
  total: count,
  failures: count,
  /** Groups of each status within the window and filter, whichever was asked for. */
  counts: z.object({ open: count, resolved: count, muted: count }),
  /** All failures of the window, each part of it, oldest first. */
  trend: z.array(count),
  coverage: coverageSchema,
})
export type FailureList = z.infer<typeof failureListSchema>

export const failureGroupDetailSchema = failureGroupSchema.extend({
  /** Groups that were merged into this one, as they are by themselves. */
  parts: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      errorClass: z.string().nullable(),
      /** Null where the mirror knows no failure of it any more. */
      message: z.string().nullable(),
      count: count,
      lastSeenAt: instantSchema.nullable(),
    }),
  ),
  allQueues: z.array(z.object({ queue: z.string(), name: z.string(), count: count })),
  topUsers: z.array(z.object({ user: z.string(), count: count })),
  /** Different messages, the most frequent first, as they stood. */
  messages: z.array(z.object({ message: z.string(), count: count })),
  /** The newest failed job of it; null when none is kept. */
  sample: z
    .object({
      queue: z.string(),
      job: z.string(),
      failedAt: instantSchema,
      message: z.string(),
      /** As far as the mirror keeps it. */
      stack: z.string().nullable(),
    })
    .nullable(),
  coverage: coverageSchema,
})
export type FailureGroupDetail = z.infer<typeof failureGroupDetailSchema>

export const failureSorts = ['last', 'first', 'count', 'users'] as const
export type FailureSort = (typeof failureSorts)[number]

const base = '/environments/{environment}/failures' as const
const failureProcedure = environmentProcedure.errors(errorsOf('MIRROR_UNAVAILABLE'))
const groupInput = environmentInput.extend({ group: z.string().min(1).max(100) })
const groupProcedure = failureProcedure.errors(errorsOf('FAILURE_GROUP_NOT_FOUND'))

export const failures = {
  list: failureProcedure
    .route({ method: 'GET', path: base, summary: 'Failed jobs, grouped by what went wrong' })
    .errors(errorsOf('FILTER_INVALID'))
    .input(
      environmentInput.extend({
        window: failureWindowSchema.default('24h'),
        /** Of the filter grammar: queue, name and text. */
        filter: z.string().max(2000).default(''),
        status: failureStatusSchema.or(z.literal('all')).default('open'),
        sort: z.enum(failureSorts).default('last'),
        limit: z.number().int().min(1).max(500).default(100),
        /** Groups to skip: of more than `limit` there are further pages, up to `total`. */
        offset: count.default(0),
      }),
    )
    .output(failureListSchema),
  get: groupProcedure
    .route({ method: 'GET', path: `${base}/{group}`, summary: 'One group, with a sample' })
    .input(groupInput.extend({ window: failureWindowSchema.default('24h') }))
    .output(failureGroupDetailSchema),
  update: groupProcedure
    .route({
      method: 'PATCH',
      path: `${base}/{group}`,
      summary:
        'Name, resolve, mute, note or split a group: kept on this machine, Redis is not changed',
    })
    .input(
      groupInput.extend({
        name: z.string().max(200).nullable().optional(),
        status: failureStatusSchema.optional(),
        note: z.string().max(5000).nullable().optional(),
        runbook: z
          .url({ protocol: /^https?$/ })
          .max(2000)
          .nullable()
          .optional(),
        /** Groups its jobs by their whole message. */
        split: z.boolean().optional(),
      }),
    )
    .output(failureGroupSchema),
  merge: groupProcedure
    .route({
      method: 'POST',
      path: `${base}/{group}/merge`,
      summary: 'Count other groups as this one',
    })
    .input(groupInput.extend({ groups: z.array(z.string().min(1).max(100)).min(1).max(100) }))
    .output(failureGroupSchema),
  unmerge: groupProcedure
    .route({
      method: 'POST',
      path: `${base}/{group}/unmerge`,
      summary: 'Let groups that were merged into this one stand alone again',
    })
    .input(groupInput.extend({ groups: z.array(z.string().min(1).max(100)).min(1).max(100) }))
    .output(failureGroupSchema),
}
