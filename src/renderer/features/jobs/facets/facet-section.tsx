import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FacetField } from '#shared/contract/job-search.ts'
import type { Condition } from '#shared/domain/filter/condition.ts'
import { choiceOf } from '#shared/domain/filter/edit.ts'
import { patternParts } from '#shared/domain/filter/pattern.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { useJobsLayout } from '../list/column-choice.ts'
import { FacetValue } from './facet-value.tsx'
import classes from './facets.module.css'
import { type Facet, fewValues, useFacet } from './use-facets.ts'

interface FacetSectionProps {
  environment: string
  filter: string
  field: FacetField
  conditions: readonly Condition[]
  /** The filter chooses values of this field. */
  chosen: boolean
  /** As the whole filter finds it; undefined while it is not known, or where it has to be asked apart. */
  facet: Facet | undefined
  loading: boolean
  onToggle: (value: string, negated: boolean) => void
}

/** The values of one field with their counts. Without any, and none chosen, it is not there. */
export function FacetSection(props: FacetSectionProps) {
  const { environment, filter, field, conditions, chosen, loading, onToggle } = props
  const { t } = useTranslation('jobSearch')
  const format = useFormat()
  const id = useId()
  const folded = useJobsLayout((layout) => layout.folded.includes(field))
  const [all, setAll] = useState(false)
  const own = useFacet(environment, filter, field, { all, enabled: (chosen || all) && !folded })
  const facet = chosen || all ? (own.data?.facets[0] ?? props.facet) : props.facet
  const values = facet?.field === field ? facet.values : []
  const missing = chosen ? literals(conditions, field).filter((value) => !has(values, value)) : []
  if (!loading && values.length === 0 && missing.length === 0) return null
  const most = Math.max(1, ...values.map(({ count }) => count))
  const beyond = (facet?.distinct ?? 0) - values.length
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h3 className={classes.heading}>
        <UnstyledButton
          id={id}
          className={classes.fold}
          aria-expanded={!folded}
          onClick={() => fold(field, !folded)}
        >
          {folded ? (
            <IconChevronRight size={12} stroke={2} aria-hidden />
          ) : (
            <IconChevronDown size={12} stroke={2} aria-hidden />
          )}
          <span>{t(`facets.field.${field}`)}</span>
          {facet === undefined || facet.distinct <= values.length ? null : (
            <span className={classes.distinct}>{format.compact(facet.distinct)}</span>
          )}
        </UnstyledButton>
      </h3>
      {folded ? null : loading && values.length === 0 ? (
        <div className={classes.loading} aria-hidden>
          <span />
          <span />
          <span />
        </div>
      ) : (
        <ul className={classes.values}>
          {missing.map((value) => (
            <FacetValue
              key={`missing ${value}`}
              field={field}
              value={value}
              label={null}
              count={null}
              share={0}
              choice={choiceOf(conditions, field, value)}
              onToggle={(negated) => onToggle(value, negated)}
            />
          ))}
          {values.map(({ value, label, count }) => (
            <FacetValue
              key={value}
              field={field}
              value={value}
              label={label}
              count={count}
              share={count / most}
              choice={choiceOf(conditions, field, value)}
              onToggle={(negated) => onToggle(value, negated)}
            />
          ))}
        </ul>
      )}
      {folded || (beyond <= 0 && !all) ? null : (
        <UnstyledButton className={classes.more} onClick={() => setAll(!all)}>
          {all && beyond <= 0
            ? t('facets.fewer')
            : all
              ? t('facets.beyond', { count: beyond })
              : t('facets.more', { count: Math.max(beyond, (facet?.distinct ?? 0) - fewValues) })}
        </UnstyledButton>
      )}
    </section>
  )
}

/** The values that are asked for or left out by themselves, not by a pattern. */
function literals(conditions: readonly Condition[], field: FacetField): string[] {
  return conditions.flatMap((condition) =>
    condition.field === field && 'values' in condition
      ? condition.values
          .map((value) => patternParts(value))
          .flatMap(([text = '', ...more]) => (more.length === 0 ? [text] : []))
      : [],
  )
}

function has(values: Facet['values'], wanted: string): boolean {
  return values.some(({ value }) => value.toLowerCase() === wanted.toLowerCase())
}

function fold(field: string, folded: boolean): void {
  useJobsLayout.setState((layout) => ({
    folded: folded ? [...layout.folded, field] : layout.folded.filter((each) => each !== field),
  }))
}
