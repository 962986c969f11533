import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { foldLines, type Fold } from '#shared/domain/stacktrace-folds.ts'
import type { StackSection } from '#shared/domain/stacktrace.ts'
import { visibleText } from '../text/visible-text.ts'
import classes from './error.module.css'
import { FrameRow } from './frame-row.tsx'
import { Message } from './message.tsx'

/** Levels of causes that are indented. */
const deepest = 4

/** One error of a stack: what it says, and the calls that led to it, those of libraries folded. */
export function StackSectionView({ section }: { section: StackSection }) {
  const { t } = useTranslation('jobs')
  const lines = useMemo(() => foldLines(section.body), [section])
  return (
    <section
      className={classes.section}
      data-relation={section.relation}
      style={{ marginInlineStart: Math.min(section.depth, deepest) * 12 }}
    >
      {section.relation === 'thrown' ? null : (
        <h4 className={classes.relation}>
          {t(section.relation === 'cause' ? 'error.cause' : 'error.member')}
        </h4>
      )}
      <Message
        name={section.name}
        text={section.message}
        prominent={section.relation === 'thrown'}
      />
      <div className={classes.frames}>
        {lines.map((line, index) => {
          // Lines have no identity but their place.
          const key = index
          if (line.type === 'fold') return <FoldedFrames key={key} fold={line} />
          if (line.type === 'frame') return <FrameRow key={key} frame={line} />
          return isPunctuation(line.raw) ? null : (
            <div key={key} className={classes.text}>
              {visibleText(line.raw.trim())}
            </div>
          )
        })}
      </div>
    </section>
  )
}

/** Lines of which nothing but the brackets of `util.inspect` is left. */
function isPunctuation(raw: string): boolean {
  return /^[\s{}[\],]*$/.test(raw.slice(0, 100))
}

function FoldedFrames({ fold }: { fold: Fold }) {
  const { t } = useTranslation('jobs')
  const [open, setOpen] = useState(false)
  const packages = fold.packages.join(', ')
  return (
    <div className={classes.fold}>
      <UnstyledButton
        className={classes.foldButton}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? (
          <IconChevronDown size={12} stroke={2} aria-hidden />
        ) : (
          <IconChevronRight size={12} stroke={2} aria-hidden />
        )}
        <span>{t('error.frames', { count: fold.frames.length })}</span>
        {packages === '' ? null : (
          <span className={classes.packages}>{t('error.framesOf', { packages })}</span>
        )}
      </UnstyledButton>
      {open
        ? fold.frames.map((frame, index) => (
            // Frames have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <FrameRow key={index} frame={frame} />
          ))
        : null}
    </div>
  )
}
