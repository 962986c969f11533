import { getRouteApi } from '@tanstack/react-router'
import { stateToOpen } from '../queues/queue-order.ts'
import type { Queue } from '#shared/contract/queues.ts'
import { ChooseQueue } from './list/choose-queue.tsx'
import { JobsOfQueue } from './jobs-of-queue.tsx'
import type { JobsSearch } from './search.ts'

const route = getRouteApi('/e/$environment/jobs')

/** Jobs of a queue in a state, and the one that is open. */
export function JobsPage() {
  const { environment } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (next: JobsSearch, replace = false) => void navigate({ search: next, replace })
  const choose = (queue: Queue) => {
    const { state } = search
    const stays = state !== undefined && queue.counts[state] > 0
    go({ queue: queue.name, state: stays ? state : stateToOpen(queue.counts) })
  }
  if (search.queue === undefined) {
    return <ChooseQueue environment={environment} onChoose={choose} />
  }
  const state = search.state ?? 'failed'
  return (
    <JobsOfQueue
      key={`${environment}\n${search.queue}\n${state}`}
      environment={environment}
      queue={search.queue}
      state={state}
      job={search.job ?? null}
      tab={search.tab ?? null}
      onChoose={choose}
      go={go}
    />
  )
}
