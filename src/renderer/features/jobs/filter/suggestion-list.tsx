import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/format/use-format.ts'
import { visibleText } from '../text/visible-text.ts'
import classes from './filter.module.css'
import type { Suggestion } from './use-suggestions.ts'

interface SuggestionListProps {
  id: string
  suggestions: readonly Suggestion[]
  active: number
  onHover: (index: number) => void
  onTake: (suggestion: Suggestion) => void
}

/** Under the field: what could be typed. The field has the focus and the keys. */
export function SuggestionList({ id, suggestions, active, onHover, onTake }: SuggestionListProps) {
  const { t } = useTranslation('jobSearch')
  const format = useFormat()
  return (
    <div id={id} role="listbox" aria-label={t('field.suggestions')} className={classes.suggestions}>
      {suggestions.map((suggestion, index) => (
        // The field above has the focus and the keys; a line is only pressed.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={suggestion.id}
          id={`${id}-${index}`}
          ref={(element) => {
            if (index === active) element?.scrollIntoView({ block: 'nearest' })
          }}
          role="option"
          aria-selected={index === active}
          className={classes.suggestion}
          data-kind={suggestion.kind}
          onMouseMove={() => onHover(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(suggestion)}
        >
          {suggestion.kind === 'recent' ? (
            <IconHistory size={14} stroke={1.6} aria-hidden className={classes.suggestionIcon} />
          ) : null}
          <span className={classes.suggestionLabel}>{visibleText(suggestion.label)}</span>
          {suggestion.hint === null ? null : (
            <span className={classes.suggestionHint}>{visibleText(suggestion.hint)}</span>
          )}
          {suggestion.count === null ? null : (
            <span className={classes.suggestionCount}>{format.count(suggestion.count)}</span>
          )}
        </div>
      ))}
    </div>
  )
}
