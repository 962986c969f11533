import { z } from 'zod'
import { jobStateSchema } from '#shared/domain/job-state.ts'

export const tabs = ['summary', 'data', 'error', 'logs', 'raw'] as const
export type TabName = (typeof tabs)[number]

const text = z.string().optional().catch(undefined)

/** The queue and state that are listed, and the job that is open on one of its tabs. */
export const jobsSearchSchema = z.object({
  queue: text,
  state: jobStateSchema.optional().catch(undefined),
  job: text,
  tab: z.enum(tabs).optional().catch(undefined),
})
export type JobsSearch = z.infer<typeof jobsSearchSchema>
