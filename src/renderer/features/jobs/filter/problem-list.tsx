import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FilterProblem } from '#shared/domain/filter/problem.ts'
import { visibleText } from '../text/visible-text.ts'
import classes from './filter.module.css'
import { useProblemWords } from './problem-words.ts'

interface ProblemListProps {
  id: string
  problems: readonly FilterProblem[]
  /** What the places of the problems are in. */
  text: string
  /** Takes the text with a suggestion in place of what is wrong. */
  onReplace: (text: string) => void
}

/** Under the field: what is wrong with the filter, and what may have been meant. */
export function ProblemList({ id, problems, text, onReplace }: ProblemListProps) {
  const { t } = useTranslation('jobSearch')
  const say = useProblemWords()
  return (
    <div id={id} role="alert">
      <ul className={classes.problems}>
        {problems.map((problem) => {
          const { start, end, suggestion } = problem
          return (
            <li key={`${start} ${problem.problem}`} className={classes.problem}>
              <IconAlertTriangle size={14} stroke={1.6} aria-hidden />
              <span>
                <span className={classes.wrong}>{visibleText(text.slice(start, end))}</span>{' '}
                {say(problem)}
              </span>
              {suggestion === undefined ? null : (
                <UnstyledButton
                  className={classes.replace}
                  onClick={() =>
                    onReplace(`${text.slice(0, start)}${suggestion}${text.slice(end)}`)
                  }
                >
                  {t('field.replace', { suggestion: visibleText(suggestion) })}
                </UnstyledButton>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
