import { keepPreviousData, skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FacetField, facetFields, type Facets } from '#shared/contract/job-search.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useMirrorChanges } from '../../../lib/mirror.ts'
import { readFilter, without } from '../filter/read-filter.ts'
import { zone } from '../filter/zone.ts'

export type Facet = Facets['facets'][number]

/** Counting takes longer than a page: it is done anew this often at most, in milliseconds. */
const pace = 5_000
export const fewValues = 8
const manyValues = 100

/** How a query of the mirror's facets stands; what it answered last stays while the next is on its way. */
function useFacetQuery(input: {
  environment: string
  filter: string
  fields: FacetField[]
  limit: number
  enabled: boolean
}) {
  const { enabled, ...query } = input
  return useQuery(
    orpc.jobs.facets.queryOptions({
      input: enabled && query.fields.length > 0 ? { ...query, zone } : skipToken,
      placeholderData: keepPreviousData,
      staleTime: pace,
      retry: false,
    }),
  )
}

/** The fields a filter chooses values of. */
export function chosenFields(filter: string): FacetField[] {
  const { conditions } = readFilter(filter)
  return facetFields.filter((field) => conditions.some((condition) => condition.field === field))
}

/** How what a filter finds is spread over the fields it does not choose values of. */
export function useFacets(environment: string, filter: string) {
  const chosen = chosenFields(filter)
  const fields = facetFields.filter((field) => !chosen.includes(field))
  return useFacetQuery({ environment, filter, fields, limit: fewValues, enabled: true })
}

/** Counts anew what is counted on screen when the mirror has changed; once, for all of them. */
export function useFreshFacets(environment: string): void {
  const cache = useQueryClient()
  useMirrorChanges(environment, pace, () => {
    void cache.invalidateQueries(
      { queryKey: orpc.jobs.facets.key({ input: { environment } }) },
      // One that takes longer than the pace must come to its end.
      { cancelRefetch: false },
    )
  })
}

/**
 * How what the rest of a filter finds is spread over one field: its other values can then be added to the
 * one that is chosen. With `all`, not only the most frequent.
 */
export function useFacet(
  environment: string,
  filter: string,
  field: FacetField,
  { all, enabled }: { all: boolean; enabled: boolean },
) {
  return useFacetQuery({
    environment,
    filter: without(filter, (condition) => condition.field === field),
    fields: [field],
    limit: all ? manyValues : fewValues,
    enabled,
  })
}
