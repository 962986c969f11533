import { UnstyledButton } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FacetField } from '#shared/contract/job-search.ts'
import { type JobState, jobStates } from '#shared/domain/job-state.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { stateLooks } from '../state/state-look.ts'
import { visibleText } from '../text/visible-text.ts'
import classes from './facets.module.css'

interface FacetValueProps {
  field: FacetField
  value: string
  /** What a person reads where it is not the value. */
  label: string | null
  /** Null where nothing is found with it. */
  count: number | null
  /** Of the most frequent value, 0 to 1. */
  share: number
  choice: 'included' | 'excluded' | null
  onToggle: (negated: boolean) => void
}

/** One value of a facet: pressing it asks for it, or no longer; with Alt it leaves it out. */
export function FacetValue({
  field,
  value,
  label,
  count,
  share,
  choice,
  onToggle,
}: FacetValueProps) {
  const { t } = useTranslation(['jobSearch', 'common'])
  const format = useFormat()
  const state = field === 'state' ? stateOf(value) : undefined
  const text = state === undefined ? visibleText(label ?? value) : t(`common:state.${state}`)
  const Icon = state === undefined ? null : stateLooks[state].icon
  return (
    <li>
      <UnstyledButton
        className={classes.value}
        data-choice={choice ?? undefined}
        data-tone={state === undefined ? undefined : stateLooks[state].tone}
        aria-pressed={choice !== null}
        aria-label={t(choice === 'excluded' ? 'facets.excluded' : 'facets.value', {
          value: text,
          count: count ?? 0,
        })}
        title={label === null ? text : `${text}\n${visibleText(value)}`}
        onClick={(event) => onToggle(choice === 'excluded' || event.altKey)}
      >
        <span
          className={classes.bar}
          style={{ width: `${Math.round(share * 100)}%` }}
          aria-hidden
        />
        {choice === null ? (
          Icon === null ? null : (
            <Icon size={12} stroke={1.8} aria-hidden />
          )
        ) : choice === 'included' ? (
          <IconCheck size={12} stroke={2.4} aria-hidden />
        ) : (
          <IconMinus size={12} stroke={2.4} aria-hidden />
        )}
        <span className={classes.valueText}>{text}</span>
        <span className={classes.count}>{count === null ? '–' : format.compact(count)}</span>
      </UnstyledButton>
    </li>
  )
}

function stateOf(value: string): JobState | 'unknown' | undefined {
  return value === 'unknown' ? value : jobStates.find((state) => state === value)
}
