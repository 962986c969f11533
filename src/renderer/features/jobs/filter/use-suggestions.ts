import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { facetFields, type FacetField } from '#shared/contract/job-search.ts'
import type { Span } from '#shared/domain/filter/condition.ts'
import { formatPattern } from '#shared/domain/filter/format.ts'
import { literalPattern } from '#shared/domain/filter/pattern.ts'
import { suggestionsAt } from '#shared/domain/filter/suggest.ts'
import { tokensOf } from '#shared/domain/filter/tokens.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useQueueList } from '../list/queue-picker.tsx'
import { joined, readFilter, without } from './read-filter.ts'
import { useRecentFilters } from './recent.ts'
import { zone } from './zone.ts'

export interface Suggestion {
  id: string
  kind: 'field' | 'value' | 'recent'
  /** What is typed by taking it, in place of `span`. */
  text: string
  span: Span
  /** What a person reads. */
  label: string
  /** What it means, or where it is from. */
  hint: string | null
  count: number | null
}

interface SuggestionOptions {
  environment: string
  /** The parts of the filter that are whole. */
  rest: string
  input: string
  caret: number
  open: boolean
}

const typingPause = 120
const mostValues = 12
const mostRecent = 8

/** What could stand where the caret is: fields, values of a field, or a filter that was used before. */
export function useSuggestions(options: SuggestionOptions): Suggestion[] {
  const { environment, rest, input, caret, open } = options
  const { t } = useTranslation('jobSearch')
  const recent = useRecentFilters(environment)
  const asked = suggestionsAt(input, caret)
  const ask = asked.kind === 'ask' && isFacet(asked.field) ? asked : null
  const values = useValues({
    environment,
    rest,
    field: open && ask !== null && isFacet(ask.field) ? ask.field : null,
    prefix: ask?.prefix ?? '',
  })
  if (!open) return []
  if (asked.kind === 'fields') {
    const fields = asked.fields.map((field): Suggestion => ({
      id: `field ${field}`,
      kind: 'field',
      text: `${field}:`,
      span: withColon(input, asked.span),
      label: `${field}:`,
      hint: t(`fieldHint.${field}`),
      count: null,
    }))
    const before = recent
      .filter((filter) => input === '' && filter !== rest)
      .slice(0, mostRecent)
      .map((filter): Suggestion => ({
        id: `recent ${filter}`,
        kind: 'recent',
        text: filter,
        span: { start: 0, end: input.length },
        label: filter,
        hint: null,
        count: null,
      }))
    return rest === '' ? [...before, ...fields] : [...fields, ...before]
  }
  if (asked.kind === 'values') {
    return asked.values.map((value) => ({
      id: `value ${value}`,
      kind: 'value',
      text: value,
      span: asked.span,
      label: value,
      hint: null,
      count: null,
    }))
  }
  if (asked.kind !== 'ask') return []
  return values
    .filter(({ value }) => !asked.taken.includes(value))
    .map(({ value, label, count }) => ({
      id: `value ${value}`,
      kind: 'value',
      text: formatPattern(literalPattern(value)),
      span: asked.span,
      label: value,
      hint: label,
      count,
    }))
}

interface ValuesQuery {
  environment: string
  rest: string
  field: FacetField | null
  prefix: string
}

interface Value {
  value: string
  label: string | null
  count: number | null
}

/** Values that jobs have in a field and that begin so, among what the rest of the filter finds. */
function useValues({ environment, rest, field, prefix }: ValuesQuery): Value[] {
  const [typed] = useDebouncedValue(prefix, typingPause)
  const others =
    readFilter(rest).problems.length > 0 ? '' : without(rest, (each) => each.field === field)
  const filter = joined(
    others,
    field === null || field === 'state' || typed === ''
      ? ''
      : `${field}:${formatPattern(`${literalPattern(typed)}*`)}`,
  )
  const { data } = useQuery(
    orpc.jobs.facets.queryOptions({
      input:
        field === null
          ? skipToken
          : { environment, filter, zone, fields: [field], limit: mostValues },
      placeholderData: keepPreviousData,
      staleTime: 10_000,
      retry: false,
    }),
  )
  const queues = useQueueList(environment).data?.queues ?? []
  if (field === null) return []
  const found = data?.facets.find((facet) => facet.field === field)?.values ?? []
  const begins = (value: string) => value.toLowerCase().startsWith(prefix.toLowerCase())
  const known = found.filter(({ value }) => begins(value))
  if (field !== 'queue') return known
  // A queue without a job in the mirror is a queue all the same.
  const more = queues
    .filter(({ name }) => begins(name) && !known.some(({ value }) => value === name))
    .map(({ name }) => ({ value: name, label: null, count: null }))
  return [...known, ...more].slice(0, mostValues)
}

function isFacet(field: string): field is FacetField {
  return facetFields.some((facet) => facet === field)
}

/** A field that is chosen again takes the place of the one before it with its colon. */
function withColon(input: string, span: Span): Span {
  return tokensOf(input).some(({ field, end }) => field !== null && end >= span.end) &&
    input[span.end] === ':'
    ? { start: span.start, end: span.end + 1 }
    : span
}
