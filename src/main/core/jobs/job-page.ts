import type { JobPage, JobRow } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { encodeCursor } from './cursor.ts'
import type { StatePage } from './ports.ts'

/** A page of the contract out of a reading. */
export function jobPage(page: StatePage, state: JobState, items: JobRow[]): JobPage {
  return {
    items,
    cursor: page.next && encodeCursor(page.next),
    total: page.counts[state],
    readAt: Date.now(),
  }
}
