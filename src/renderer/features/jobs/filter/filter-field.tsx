import { UnstyledButton } from '@mantine/core'
import { IconCornerDownLeft, IconFilter, IconX } from '@tabler/icons-react'
import {
  type KeyboardEvent,
  memo,
  type Ref,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { Hint } from '../../../ui/hint.tsx'
import { Chip } from './chip.tsx'
import { chunksOf } from './chunks.ts'
import { type Draft, draftOf, edited, removed, textOfDraft, typed } from './filter-draft.ts'
import { FilterHelp } from './filter-help.tsx'
import classes from './filter.module.css'
import { ProblemList } from './problem-list.tsx'
import { rememberFilter } from './recent.ts'
import { SuggestionList } from './suggestion-list.tsx'
import { type Suggestion, useSuggestions } from './use-suggestions.ts'

interface FilterFieldProps {
  environment: string
  /** The filter that is listed. */
  value: string
  onApply: (filter: string) => void
  /** Where the focus goes on Esc. */
  onLeave: () => void
  ref: Ref<{ focus: () => void }>
}

function PlainFilterField({ environment, value, onApply, onLeave, ref }: FilterFieldProps) {
  const { t } = useTranslation('jobSearch')
  const [draft, setDraft] = useState<Draft & { of: string }>({ ...draftOf(value), of: value })
  if (draft.of !== value) setDraft({ ...draftOf(value), of: value })
  const [caret, setCaret] = useState(0)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [tried, setTried] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const chips = useRef<(HTMLButtonElement | null)[]>([])
  const listId = useId()
  const problemsId = useId()
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }))

  const { parts, input } = draft
  const text = textOfDraft(draft)
  const chunks = chunksOf(parts.join(' '))
  const all = chunksOf(text)
  const problems = all.flatMap((chunk) => chunk.problems)
  const said = tried ? problems : chunks.flatMap((chunk) => chunk.problems)
  const dirty = text !== value.trim()
  const rest = parts.join(' ')
  const suggestions = useSuggestions({ environment, rest, input, caret, open })
  const listed = open && suggestions.length > 0

  const change = (next: Draft) => {
    setDraft({ ...next, of: value })
    setActive(-1)
    setTried(false)
  }
  const toField = () => field.current?.focus()
  const apply = (next: Draft) => {
    const filter = textOfDraft(next)
    if (chunksOf(filter).some((chunk) => chunk.problems.length > 0)) {
      setTried(true)
      setOpen(false)
      return
    }
    setOpen(false)
    setDraft({ ...draftOf(filter), of: value })
    rememberFilter(environment, filter)
    onApply(filter)
  }
  const take = ({ text: taken, span, kind }: Suggestion) => {
    if (kind === 'recent') {
      apply(draftOf(taken))
      return
    }
    const behind = input.slice(span.end)
    const next = `${input.slice(0, span.start)}${taken}${behind}`
    // A value makes its condition whole; a field waits for its value.
    change(kind === 'value' && behind === '' ? typed(draft, `${next} `) : { ...draft, input: next })
    setCaret(span.start + taken.length)
    toField()
  }
  const remove = (index: number) => {
    const next = removed(draft, index)
    if (dirty) change(next)
    else apply(next)
    toField()
  }
  const edit = (index: number) => {
    const next = edited(draft, index)
    change(next)
    setCaret(next.input.length)
    setOpen(true)
    toField()
  }
  const onChipKey = (index: number) => (event: KeyboardEvent) => {
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      if (to >= parts.length) toField()
      else chips.current[Math.max(0, to)]?.focus()
    } else if (event.key === 'Backspace' || event.key === 'Delete') {
      event.preventDefault()
      event.stopPropagation()
      change(removed(draft, index))
      if (index === 0) toField()
      else chips.current[index - 1]?.focus()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      toField()
    }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = suggestions[active]
    const atStart =
      event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0
    if (step !== undefined) {
      event.preventDefault()
      setOpen(true)
      const count = suggestions.length + 1
      setActive(((active + 1 + step + count) % count) - 1)
    } else if (event.key === 'Enter' || (event.key === 'Tab' && listed && chosen !== undefined)) {
      event.preventDefault()
      if (listed && chosen !== undefined) take(chosen)
      else apply(draft)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      if (listed) {
        setOpen(false)
        setActive(-1)
      } else {
        change(draftOf(value))
        onLeave()
      }
    } else if ((event.key === 'Backspace' || event.key === 'ArrowLeft') && atStart) {
      const last = chips.current[parts.length - 1]
      if (parts.length === 0 || last === null || last === undefined) return
      event.preventDefault()
      last.focus()
    }
  }

  return (
    <div className={classes.root}>
      {/* Pressing beside what is in it leads into the field, as in any other. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events */}
      <div
        className={classes.field}
        data-wrong={said.length > 0 || undefined}
        onMouseDown={(event) => {
          if (event.target instanceof HTMLDivElement) {
            event.preventDefault()
            toField()
          }
        }}
      >
        <IconFilter size={14} stroke={1.6} aria-hidden className={classes.icon} />
        <div className={classes.parts}>
          {parts.length === 0 ? null : (
            <ul className={classes.chips} aria-label={t('field.parts')}>
              {chunks.map((chunk, index) => (
                <Chip
                  // Parts have no identity but their place.
                  // oxlint-disable-next-line react/no-array-index-key
                  key={index}
                  ref={(element) => {
                    chips.current[index] = element
                  }}
                  chunk={chunk}
                  onEdit={() => edit(index)}
                  onRemove={() => remove(index)}
                  onKeyDown={onChipKey(index)}
                />
              ))}
            </ul>
          )}
          <input
            ref={field}
            className={classes.input}
            role="combobox"
            aria-label={t('field.label')}
            aria-expanded={listed}
            aria-controls={listed ? listId : undefined}
            aria-autocomplete="list"
            aria-activedescendant={listed && active >= 0 ? `${listId}-${active}` : undefined}
            aria-invalid={said.length > 0}
            aria-describedby={said.length > 0 ? problemsId : undefined}
            placeholder={parts.length === 0 ? t('field.placeholder') : ''}
            spellCheck={false}
            autoComplete="off"
            maxLength={2000}
            value={input}
            onChange={({ currentTarget }) => {
              const next = typed(draft, currentTarget.value)
              change(next)
              setCaret(
                Math.min(next.input.length, currentTarget.selectionStart ?? next.input.length),
              )
              setOpen(true)
            }}
            onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
            onClick={() => setOpen(true)}
            onBlur={() => {
              setOpen(false)
              setActive(-1)
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        {dirty ? (
          <Hint label={t('field.apply')} keys="↵">
            <UnstyledButton
              className={classes.tool}
              aria-label={t('field.apply')}
              onClick={() => apply(draft)}
            >
              <IconCornerDownLeft size={14} stroke={1.8} aria-hidden />
            </UnstyledButton>
          </Hint>
        ) : null}
        {text === '' ? null : (
          <Hint label={t('field.clear')}>
            <UnstyledButton
              className={classes.tool}
              aria-label={t('field.clear')}
              onClick={() => {
                apply(draftOf(''))
                toField()
              }}
            >
              <IconX size={14} stroke={1.8} aria-hidden />
            </UnstyledButton>
          </Hint>
        )}
        <FilterHelp
          onTry={(example) => {
            apply(draftOf(example))
            toField()
          }}
        />
        {listed ? (
          <SuggestionList
            id={listId}
            suggestions={suggestions}
            active={active}
            onHover={setActive}
            onTake={take}
          />
        ) : null}
      </div>
      {said.length === 0 ? null : (
        <ProblemList
          id={problemsId}
          problems={said}
          text={tried ? text : rest}
          onReplace={(next) => {
            change(draftOf(next))
            toField()
          }}
        />
      )}
    </div>
  )
}

/** The filter of the page: conditions as chips, and a field for the next one. */
export const FilterField = memo(PlainFilterField)
