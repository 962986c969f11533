import { UnstyledButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Marked } from '../text/marked.tsx'
import { parseAnsi } from './ansi.ts'
import classes from './logs.module.css'

/** Characters of a line that are shown at once. */
const longest = 2_000

interface LogLineProps {
  /** From 1. */
  number: number
  text: string
  /** What is searched for. */
  words: string
  current: boolean
}

/** A line of a job's log with its terminal colours; a very long one is cut until it is asked for. */
export function LogLine({ number, text, words, current }: LogLineProps): ReactNode {
  const { t } = useTranslation('jobs')
  const [whole, setWhole] = useState(false)
  const cut = !whole && text.length > longest
  const shown = cut ? text.slice(0, longest) : text
  return (
    <div className={classes.line} data-current={current || undefined}>
      <span className={classes.number}>{number}</span>
      <span className={classes.text}>
        {parseAnsi(shown).map((run, index) => (
          <span
            // Runs have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            data-color={run.color ?? undefined}
            data-bold={run.bold || undefined}
            data-dim={run.dim || undefined}
          >
            <Marked text={run.text} words={words} />
          </span>
        ))}
        {cut ? (
          <UnstyledButton className={classes.whole} onClick={() => setWhole(true)}>
            {t('logs.whole', { count: text.length })}
          </UnstyledButton>
        ) : null}
      </span>
    </div>
  )
}
