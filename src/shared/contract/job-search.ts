import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { jobSorts } from '../domain/job-sort.ts'
import { extractedColumns, extractedWords } from '../domain/extracted-columns.ts'
import { errorsOf } from '../errors.ts'
import { environmentInput, environmentProcedure, instantSchema } from './base.ts'
import { jobRowSchema } from './jobs.ts'
import { mirrorStatusSchema } from './mirror.ts'

const count = z.number().int().nonnegative()
const share = z.number().min(0).max(1)

/** What an answer from the mirror covers, so that nothing is silently left out. */
export const coverageSchema = z.object({
  state: mirrorStatusSchema.shape.state,
  /** The mirror holds what Redis told up to then; null before the first. */
  asOf: instantSchema.nullable(),
  behind: count,
  /** Shares read so far: of all jobs, of their stacks and extracted fields. */
  backfilled: share,
  detailed: share,
  /** Jobs, of all in the mirror, of which a value was too long to be looked into. */
  tooLong: count,
  payloadText: z.enum(['off', 'failed', 'all']),
})
export type Coverage = z.infer<typeof coverageSchema>

/** A job as the mirror has it. */
export const mirrorJobSchema = jobRowSchema.extend({
  queue: z.string(),
  /** Finished, else started, else added: what the list is ordered and dated by. */
  at: instantSchema,
  /** Fingerprint of the failure; null for a job that has not failed. */
  group: z.string().nullable(),
  user: z.string().nullable(),
  brand: z.string().nullable(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  variant: z.string().nullable(),
  /** In USD. */
  cost: z.number().nullable(),
  /** In megabytes. */
  memory: z.number().nullable(),
  tokens: z.number().nullable(),
  /** Milliseconds as the job itself reported them. */
  reported: z.number().nullable(),
  checkpoint: z.string().nullable(),
  stalledCount: count,
  /** When it was found to be gone from Redis; null while it is there. */
  goneAt: instantSchema.nullable(),
  seenAt: instantSchema,
})
export type MirrorJob = z.infer<typeof mirrorJobSchema>

/** `-at` is newest first. */
export const jobSortSchema = z
  .enum([...jobSorts, ...jobSorts.map((sort) => `-${sort}` as const)])
  .default('-at')

/** Of the filter grammar (docs/filter.md); empty means all that is in Redis. */
export const filterSchema = z.string().max(2000).default('')
/** IANA name, for dates without a zone; left out, that of the machine the console runs on. */
export const zoneSchema = z.string().max(60).optional()

export const searchInput = environmentInput.extend({
  filter: filterSchema,
  zone: zoneSchema,
  sort: jobSortSchema,
  limit: z.number().int().min(1).max(500).default(50),
  cursor: z.string().max(2000).optional(),
  /** Rows to skip instead of a cursor: for a jump in a long list. */
  offset: count.optional(),
  /** `none` saves counting. */
  count: z.enum(['exact', 'none']).default('exact'),
})

export const searchPageSchema = z.object({
  items: z.array(mirrorJobSchema),
  /** Opaque; null at the end. */
  cursor: z.string().nullable(),
  /** Exact; null where it was not asked for. */
  total: count.nullable(),
  coverage: coverageSchema,
})
export type SearchPage = z.infer<typeof searchPageSchema>

export const facetFields = ['queue', 'name', 'state', 'group', ...extractedWords] as const
export type FacetField = (typeof facetFields)[number]

export const facetsInput = environmentInput.extend({
  filter: filterSchema,
  zone: zoneSchema,
  fields: z
    .array(z.enum(facetFields))
    .max(facetFields.length)
    .default([...facetFields]),
  /** Values of each facet, the most frequent first. */
  limit: z.number().int().min(1).max(100).default(10),
})

export const facetsSchema = z.object({
  facets: z.array(
    z.object({
      field: z.enum(facetFields),
      values: z.array(
        z.object({
          value: z.string(),
          /** What a person reads where it is not the value: the message of a failure group. */
          label: z.string().nullable(),
          count: count,
        }),
      ),
      /** Different values, also those beyond the limit. */
      distinct: count,
    }),
  ),
  total: count,
  coverage: coverageSchema,
})
export type Facets = z.infer<typeof facetsSchema>

export const exportColumns = [
  'queue',
  'id',
  'name',
  'state',
  'at',
  'added',
  'started',
  'finished',
  'wait',
  'duration',
  'attempts',
  'priority',
  'progress',
  'error',
  'group',
  ...extractedColumns,
  'scheduler',
  'parent',
  'gone',
] as const
export type ExportColumn = (typeof exportColumns)[number]

export const exportFormatSchema = z.enum(['csv', 'jsonl', 'xlsx'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

export const exportInput = environmentInput.extend({
  filter: filterSchema,
  zone: zoneSchema,
  sort: jobSortSchema,
  format: exportFormatSchema,
  columns: z
    .array(z.enum(exportColumns))
    .min(1)
    .default([...exportColumns]),
})

/**
 * Parts of the file in order; the first names it, the last has `done`. `total` is what was found when it began:
 * with fewer `rows` in the last part, the others changed while it was made, and are left out.
 */
export const exportPartSchema = z.object({
  fileName: z.string(),
  /** Base64 of the next bytes. */
  bytes: z.string(),
  rows: count,
  total: count,
  done: z.boolean(),
})
export type ExportPart = z.infer<typeof exportPartSchema>

const base = '/environments/{environment}/jobs' as const
const searchProcedure = environmentProcedure.errors(
  errorsOf('FILTER_INVALID', 'MIRROR_UNAVAILABLE'),
)

/** Beside those of `jobs`, which read Redis: these read the mirror. */
export const jobSearch = {
  search: searchProcedure
    .route({ method: 'GET', path: base, summary: 'Jobs of all queues that a filter holds for' })
    .errors(errorsOf('CURSOR_INVALID'))
    .input(searchInput)
    .output(searchPageSchema),
  facets: searchProcedure
    .route({
      method: 'GET',
      path: `${base}/facets`,
      summary: 'How the jobs that a filter holds for are spread',
    })
    .input(facetsInput)
    .output(facetsSchema),
  /** A file for the screen; over plain HTTP `…/jobs/export` gives the same bytes as a download. */
  export: searchProcedure
    .route({
      method: 'GET',
      path: `${base}/export/live`,
      summary: 'Jobs that a filter holds for as a file, in parts with their progress',
    })
    .input(exportInput)
    .output(eventIterator(exportPartSchema)),
}
