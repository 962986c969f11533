import { client } from '../../../lib/client/index.ts'
import { zone } from '../filter/zone.ts'
import type { Sort } from '../listing.ts'
import { FoundPager } from './found-pager.ts'

export interface FoundAddress {
  environment: string
  filter: string
  sort: Sort
}

/** Lists whose rows stay in memory after they left the screen. */
const most = 12

const pagers = new Map<string, FoundPager>()

/** The name of a list among all lists of all environments. */
export function foundName({ environment, filter, sort }: FoundAddress): string {
  return [environment, 'found', sort, filter].join('\n')
}

/** The pager of a list: with the rows it had, when it was on screen not long ago. */
export function foundPagerOf(address: FoundAddress): FoundPager {
  const name = foundName(address)
  const pager =
    pagers.get(name) ??
    new FoundPager((request, signal) =>
      client.jobs.search({ ...address, zone, ...request }, { signal }),
    )
  pagers.delete(name)
  pagers.set(name, pager)
  const oldest = pagers.size > most ? pagers.keys().next().value : undefined
  if (oldest !== undefined) pagers.delete(oldest)
  return pager
}
