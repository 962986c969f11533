import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Queue } from '#shared/contract/queues.ts'
import { stateToOpen } from '../queues/queue-order.ts'
import { JobsScreen } from './jobs-screen.tsx'
import { addressOf, listingOf, statesOf, withQueue } from './listing.ts'
import { useQueueList } from './list/queue-picker.tsx'
import type { JobsSearch } from './search.ts'

const route = getRouteApi('/e/$environment/jobs')

/** Jobs of a queue in a state as Redis lists them, or whatever a filter finds; and the one that is open. */
export function JobsPage() {
  const { environment } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const queues = useQueueList(environment).data?.queues
  const knows = useCallback(
    (name: string) => queues?.some((queue) => queue.name === name) ?? false,
    [queues],
  )
  const go = (next: JobsSearch, replace = false) => void navigate({ search: next, replace })
  const listing = listingOf(search, knows)
  const { filter, sort } = listing

  const choose = (queue: Queue) => {
    const [state] = statesOf(filter)
    const stays = state !== undefined && queue.counts[state] > 0
    if (search.filter === undefined && search.sort === undefined) {
      go({ queue: queue.name, state: stays ? state : stateToOpen(queue.counts) })
    } else {
      go(addressOf(withQueue(filter, queue.name), sort, knows))
    }
  }
  return (
    <JobsScreen
      key={environment}
      environment={environment}
      listing={listing}
      search={search}
      knows={knows}
      onChoose={choose}
      go={go}
    />
  )
}
