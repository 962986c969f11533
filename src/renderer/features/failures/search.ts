import { z } from 'zod'
import {
  failureSorts,
  failureStatusSchema,
  type FailureStatus,
  failureWindowSchema,
  type FailureWindow,
} from '#shared/contract/failures.ts'

export const windows = failureWindowSchema.options
export const statuses = [...failureStatusSchema.options, 'all'] as const
export type StatusTab = FailureStatus | 'all'
export type FailureSort = (typeof failureSorts)[number]

const text = z.string().max(2000).optional().catch(undefined)

/** What the address says about the list of failures. What does not read is left out, never an error. */
export const failuresSearchSchema = z.object({
  window: failureWindowSchema.optional().catch(undefined),
  filter: text,
  status: z.enum(statuses).optional().catch(undefined),
  sort: z.enum(failureSorts).optional().catch(undefined),
  /** The group that is open. */
  group: text,
  /** Environments that are shown beside this one, separated by commas. */
  with: text,
})
export type FailuresSearch = z.infer<typeof failuresSearchSchema>

/** What is listed: the search with what it leaves out. */
export interface Listing {
  window: FailureWindow
  filter: string
  status: StatusTab
  sort: FailureSort
}

export function listingOf({ window, filter, status, sort }: FailuresSearch): Listing {
  return {
    window: window ?? '24h',
    filter: filter ?? '',
    status: status ?? 'open',
    sort: sort ?? 'last',
  }
}

export function othersOf({ with: others = '' }: FailuresSearch): string[] {
  return [...new Set(others.split(',').filter((id) => id !== ''))]
}

/** The search with another environment beside, or without it. */
export function toggledOther(search: FailuresSearch, environment: string): FailuresSearch {
  const before = othersOf(search)
  const after = before.includes(environment)
    ? before.filter((id) => id !== environment)
    : [...before, environment]
  return { ...search, with: after.length === 0 ? undefined : after.join(',') }
}
