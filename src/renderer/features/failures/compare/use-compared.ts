import { skipToken, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { isReadable } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import type { FailureGroup } from '#shared/contract/failures.ts'
import { orpc } from '../../../lib/client/index.ts'
import { hasCode } from '../../../lib/errors/has-code.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import type { Listing } from '../search.ts'
import { type Compared, compared } from './compare.ts'

/** The most groups that one answer has; more of them are not compared. */
export const mostCompared = 500
const pace = 10_000

/** An environment beside this one. */
export interface Other {
  environment: Environment
  state: 'asked' | 'shown' | 'offline' | 'unmirrored' | 'failed'
  error: unknown
  /** Groups there are beyond those that were compared. */
  beyond: number
}

/** The groups of an environment beside those of others, by their fingerprints. */
export function useCompared(
  environment: string,
  listing: Listing,
  others: readonly string[],
  shown: readonly FailureGroup[],
): { rows: Compared[]; others: Other[] } {
  const { data: environments } = useEnvironments()
  const beside = useMemo(
    () => (environments ?? []).filter(({ id }) => others.includes(id) && id !== environment),
    [environments, others, environment],
  )
  const inputOf = (id: string) => ({
    environment: id,
    window: listing.window,
    filter: listing.filter,
    sort: 'count' as const,
    status: 'all' as const,
    limit: mostCompared,
  })
  // Those resolved or muted here are not only elsewhere.
  const all = useQuery(
    orpc.failures.list.queryOptions({
      input: beside.length === 0 ? skipToken : inputOf(environment),
      refetchInterval: pace,
      retry: false,
    }),
  )
  const answers = useQueries({
    queries: beside.map(({ id }) =>
      orpc.failures.list.queryOptions({
        input: inputOf(id),
        refetchInterval: pace,
        retry: false,
      }),
    ),
  })
  const known = all.data?.groups ?? []
  const of = (index: number) => answers[index]?.data
  const rows = compared(
    shown,
    known,
    // Until all are known here, nothing is only elsewhere.
    beside.map(({ id, name }, index) => ({
      id,
      name,
      groups: all.data === undefined ? null : (mirrored(of(index))?.groups ?? null),
      partial: beyondOf(of(index)) > 0,
    })),
    // Where not all are known here, one that is not among them may yet be here.
    beyondOf(all.data) === 0,
  )
  return {
    rows,
    others: beside.map((other, index) => {
      const data = of(index)
      const error = answers[index]?.error ?? null
      return {
        environment: other,
        error,
        state: stateOf(data, error, other),
        beyond: beyondOf(data),
      }
    }),
  }
}

const beyondOf = (data: { total: number } | undefined): number =>
  Math.max(0, (data?.total ?? 0) - mostCompared)

interface Answer {
  groups: FailureGroup[]
  coverage: { state: string; asOf: number | null; backfilled: number }
}

/** An answer from a mirror that has read nothing says nothing. */
function mirrored<Given extends Answer>(answer: Given | undefined): Given | undefined {
  const nothing = answer?.coverage.asOf === null && answer.groups.length === 0
  return nothing ? undefined : answer
}

function stateOf(
  data: Answer | undefined,
  error: unknown,
  { health }: Environment,
): Other['state'] {
  // What never answered has nothing to be mirrored.
  const never = health.lastAnswerAt === null && hasCode(error, 'MIRROR_UNAVAILABLE')
  if (never) return 'unmirrored'
  if (error !== null) return 'failed'
  if (data === undefined) return 'asked'
  if (mirrored(data) === undefined) return 'unmirrored'
  // An answer of some seconds ago may not know it yet.
  const away = health.state !== 'connecting' && !isReadable(health)
  return away || data.coverage.state === 'offline' ? 'offline' : 'shown'
}
