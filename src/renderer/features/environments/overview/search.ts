import { z } from 'zod'

const text = z.string().max(200).optional().catch(undefined)

/** What narrows the overview, and the environment whose details are open. */
export const overviewSearchSchema = z.object({ q: text, environment: text })
export type OverviewSearch = z.infer<typeof overviewSearchSchema>
