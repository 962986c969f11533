import { z } from 'zod'
import { jobSortSchema } from '#shared/contract/job-search.ts'
import { jobStateSchema } from '#shared/contract/job-state.ts'

export const tabs = ['summary', 'data', 'error', 'logs', 'raw'] as const
export type TabName = (typeof tabs)[number]

const text = z.string().optional().catch(undefined)

/**
 * What is listed, and the job that is open on one of its tabs. A queue and a state are a list of Redis;
 * anything else is a filter.
 */
export const jobsSearchSchema = z.object({
  queue: text,
  state: jobStateSchema.optional().catch(undefined),
  /** Of the filter grammar; `queue` and `state` hold besides. */
  filter: z.string().max(2000).optional().catch(undefined),
  sort: jobSortSchema.unwrap().optional().catch(undefined),
  /** The saved view that was opened. */
  view: text,
  job: text,
  /** Queue of the open job, where a filter is listed. */
  in: text,
  tab: z.enum(tabs).optional().catch(undefined),
})
export type JobsSearch = z.infer<typeof jobsSearchSchema>
