import { useDebouncedValue } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { orpc } from '../../lib/client/index.ts'
import { useLive } from '../../lib/live.ts'
import { byTrouble, filterQueues } from './queue-order.ts'
import type { QueuesSearch } from './search.ts'

const route = getRouteApi('/e/$environment/queues')

/** How long the rows on screen stay the same before the console is told which they are. */
const settled = 300

/** The queues as the address asks for them, live: those on screen each second, the others slower. */
export function useQueuesView() {
  const { environment } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [onScreen, setOnScreen] = useState<string[]>([])
  const [visible] = useDebouncedValue(onScreen, settled)

  const live = useLive(
    orpc.queues.watch,
    { environment, visible: visible.slice(0, 1000).toSorted() },
    { about: ({ environment }) => environment },
  )
  const queues = live.data?.queues
  const shown = useMemo(
    () => (queues === undefined ? [] : byTrouble(filterQueues(queues, search))),
    [queues, search],
  )
  return {
    environment,
    search,
    live,
    /** All queues, and those that the filters leave in the order of trouble. */
    queues: queues ?? [],
    shown,
    setOnScreen,
    setSearch: (next: QueuesSearch) => void navigate({ search: next, replace: true }),
  }
}
