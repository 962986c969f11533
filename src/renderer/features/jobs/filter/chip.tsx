import { UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { KeyboardEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Hint } from '../../../ui/hint.tsx'
import { visibleText } from '../text/visible-text.ts'
import type { Chunk } from './chunks.ts'
import classes from './filter.module.css'
import { useProblemWords } from './problem-words.ts'

interface ChipProps {
  chunk: Chunk
  /** Of the part that has the keys. */
  ref: Ref<HTMLButtonElement>
  onEdit: () => void
  onRemove: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

/** One condition of a filter: pressing it changes it, the cross takes it out. */
export function Chip({ chunk, ref, onEdit, onRemove, onKeyDown }: ChipProps) {
  const { t } = useTranslation('jobSearch')
  const say = useProblemWords()
  const [problem] = chunk.problems
  const text = visibleText(chunk.text)
  const [, sign = '', field = '', value = text] =
    chunk.condition === null || chunk.condition.field === 'text'
      ? []
      : (/^(-?)([^:]+:)(.*)$/su.exec(text) ?? [])
  return (
    <li
      className={classes.chip}
      data-negated={chunk.condition?.negated || undefined}
      data-wrong={problem !== undefined || undefined}
    >
      <Hint label={problem === undefined ? '' : say(problem)} disabled={problem === undefined}>
        <UnstyledButton
          ref={ref}
          className={classes.chipText}
          tabIndex={-1}
          aria-label={
            problem === undefined
              ? t('field.edit', { part: text })
              : t('field.editWrong', { part: text, problem: say(problem) })
          }
          onClick={onEdit}
          onKeyDown={onKeyDown}
        >
          {sign === '' ? null : <span className={classes.sign}>−</span>}
          {field === '' ? null : <span className={classes.chipField}>{field}</span>}
          <span className={classes.chipValue}>{value}</span>
        </UnstyledButton>
      </Hint>
      <UnstyledButton
        className={classes.chipRemove}
        tabIndex={-1}
        aria-label={t('field.remove', { part: text })}
        onClick={onRemove}
      >
        <IconX size={12} stroke={2} aria-hidden />
      </UnstyledButton>
    </li>
  )
}
