import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import type { JobRef } from '#shared/contract/jobs.ts'
import { orpc } from '../../../lib/client/index.ts'
import { StateBadge } from '../state/state-badge.tsx'
import { visibleText } from '../text/visible-text.ts'
import classes from './detail.module.css'

/** A link to the parent, in the list of the state it is in now. */
export function ParentLink({ environment, parent }: { environment: string; parent: JobRef }) {
  const { data } = useQuery(
    orpc.jobs.get.queryOptions({
      input: { environment, queue: parent.queue, job: parent.job },
      staleTime: 5_000,
      retry: false,
    }),
  )
  const text = visibleText(`${parent.queue} · ${parent.job}`)
  if (data === undefined || data.state === 'unknown') {
    return <span className={classes.parent}>{text}</span>
  }
  return (
    <span className={classes.parent}>
      <Link
        to="/e/$environment/jobs"
        params={{ environment }}
        search={{ queue: parent.queue, state: data.state, job: parent.job }}
      >
        {text}
      </Link>
      <StateBadge state={data.state} variant="plain" />
    </span>
  )
}
