import { z } from 'zod'

const text = z.string().optional().catch(undefined)

/** Filters of the audit page, and the entry that is open. */
export const auditSearchSchema = z.object({ queue: text, job: text, entry: text })
export type AuditSearch = z.infer<typeof auditSearchSchema>
