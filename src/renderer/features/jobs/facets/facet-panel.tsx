import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { type FacetField, facetFields } from '#shared/contract/job-search.ts'
import { toggleValue } from '#shared/domain/filter/edit.ts'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { readFilter } from '../filter/read-filter.ts'
import { FacetSection } from './facet-section.tsx'
import classes from './facets.module.css'
import { chosenFields, useFacets } from './use-facets.ts'

interface FacetPanelProps {
  environment: string
  filter: string
  /** It lies over the list, for which there is no room beside it. */
  over: boolean
  onFilter: (filter: string) => void
}

function PlainFacetPanel({ environment, filter, over, onFilter }: FacetPanelProps) {
  const { t } = useTranslation('jobSearch')
  const describe = useDescribeError()
  const query = useFacets(environment, filter)
  const chosen = chosenFields(filter)
  const { conditions } = readFilter(filter)
  const toggle = (field: FacetField, value: string, negated: boolean) =>
    onFilter(toggleValue(filter, field, value, { negated }))
  return (
    <section
      className={classes.panel}
      data-over={over || undefined}
      aria-label={t('facets.title')}
      aria-busy={query.isFetching}
      // It scrolls by itself.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {query.error !== null && query.data === undefined ? (
        <p className={classes.note}>{describe(query.error).title}</p>
      ) : (
        facetFields.map((field) => (
          <FacetSection
            key={field}
            environment={environment}
            filter={filter}
            field={field}
            conditions={conditions}
            chosen={chosen.includes(field)}
            facet={query.data?.facets.find((facet) => facet.field === field)}
            loading={query.data === undefined}
            onToggle={(value, negated) => toggle(field, value, negated)}
          />
        ))
      )}
      {query.data === undefined ? null : (
        <p className={classes.note}>
          {t(query.data.total === 0 ? 'facets.nothing' : 'facets.exclude')}
        </p>
      )}
    </section>
  )
}

/** Beside the list: how what it holds is spread, each value a part of the filter by a press. */
export const FacetPanel = memo(PlainFacetPanel)
