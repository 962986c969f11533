import type { JobState } from '#shared/domain/job-state.ts'
import { client } from '../../../lib/client/index.ts'
import { JobPager } from './job-pager.ts'

interface ListAddress {
  environment: string
  queue: string
  state: JobState
}

const pageSize = 200
/** Newest jobs that the first page and each live update bring. */
export const headSize = 50
/** Lists whose rows stay in memory after they left the screen. */
const most = 24

const pagers = new Map<string, JobPager>()

/** The name of a list among all lists of all environments. */
export function listName({ environment, queue, state }: ListAddress): string {
  return [environment, queue, state].join('\n')
}

/** The pager of a list: with the rows it had, when it was on screen not long ago. */
export function pagerOf(address: ListAddress): JobPager {
  const name = listName(address)
  const pager =
    pagers.get(name) ??
    new JobPager((cursor, signal) =>
      client.jobs.list(
        // The first page is small: it is what one waits for.
        { ...address, cursor, limit: cursor === undefined ? headSize : pageSize },
        { signal },
      ),
    )
  pagers.delete(name)
  pagers.set(name, pager)
  const oldest = pagers.size > most ? pagers.keys().next().value : undefined
  if (oldest !== undefined) pagers.delete(oldest)
  return pager
}
