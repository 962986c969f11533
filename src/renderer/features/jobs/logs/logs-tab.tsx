import { Button } from '@mantine/core'
import { IconArrowDown, IconFileText } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { CopyButton } from '../../../ui/icon-button.tsx'
import { EmptyState, ErrorState, LoadingRows } from '../../../ui/states.tsx'
import type { JobAddress } from '../detail/use-job-detail.ts'
import { FindBar } from '../json/find-bar.tsx'
import { withoutAnsi } from './ansi.ts'
import { LogLine } from './log-line.tsx'
import classes from './logs.module.css'
import { useLogLines } from './use-log-lines.ts'

interface LogsTabProps {
  address: JobAddress
  /** The job runs, so lines may come. */
  active: boolean
}

/** How near to the end, in pixels, the reader follows new lines. */
const endIsNear = 24

/** A job's log: opens at its end, goes back page by page, follows an active job. */
export function LogsTab({ address, active }: LogsTabProps) {
  const { t } = useTranslation('jobs')
  const { log, loaded, error, retry, earlier } = useLogLines(address, active)
  if (!loaded) {
    return error === null ? <LoadingRows rows={8} /> : <ErrorState error={error} onRetry={retry} />
  }
  if (log.lines.length === 0) {
    return (
      <EmptyState icon={IconFileText} title={t('logs.none')}>
        {t(active ? 'logs.noneActive' : 'logs.noneText')}
      </EmptyState>
    )
  }
  return <Lines log={log} active={active} earlier={earlier} />
}

type LinesProps = Pick<ReturnType<typeof useLogLines>, 'log' | 'earlier'> & { active: boolean }

function Lines({ log, active, earlier }: LinesProps) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const describe = useDescribeError()
  const [element, setElement] = useState<HTMLDivElement | null>(null)
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const wanted = useDeferredValue(words.trim().toLowerCase())
  const matches = useMemo(
    () =>
      wanted === ''
        ? []
        : log.lines.flatMap((line, index) =>
            withoutAnsi(line).toLowerCase().includes(wanted) ? [index] : [],
          ),
    [log.lines, wanted],
  )
  const current = matches.length === 0 ? -1 : (matches[at % matches.length] ?? -1)

  const virtualizer = useVirtualizer({
    count: log.lines.length,
    getScrollElement: () => element,
    estimateSize: () => 20,
    getItemKey: (index) => log.first + index,
    overscan: 20,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endIsNear,
  })
  const opened = useRef(false)
  useEffect(() => {
    if (element !== null && !opened.current) {
      opened.current = true
      virtualizer.scrollToEnd()
    }
    // The virtualizer is one object for the life of the component.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [element])
  useEffect(() => {
    if (current >= 0) virtualizer.scrollToIndex(current, { align: 'center' })
    // oxlint-disable-next-line react/exhaustive-deps
  }, [current])

  const away = element !== null && !virtualizer.isAtEnd(endIsNear)
  const turn = (step: number) =>
    setAt((before) => (before + step + matches.length) % matches.length)
  const complete = log.lines.length === log.total

  return (
    <div className={classes.root}>
      <div className={classes.bar}>
        <FindBar
          label={t('logs.find')}
          words={words}
          onWords={(next) => {
            setWords(next)
            setAt(0)
          }}
          found={
            wanted === ''
              ? null
              : matches.length === 0
                ? t('data.matchesNone')
                : t('data.matches', { at: (at % matches.length) + 1, count: matches.length })
          }
          onNext={() => (matches.length > 0 ? turn(1) : undefined)}
          onPrevious={() => (matches.length > 0 ? turn(-1) : undefined)}
        />
        <span className={classes.count}>
          {complete
            ? t('logs.lines', { count: log.total })
            : t('logs.loaded', {
                loaded: format.count(log.lines.length),
                total: format.count(log.total),
              })}
        </span>
        <CopyButton label={t('logs.copy')} text={() => log.lines.map(withoutAnsi).join('\n')} />
      </div>
      {earlier.count === 0 ? null : (
        <div className={classes.earlier}>
          <Button variant="default" loading={earlier.loading} onClick={earlier.load}>
            {t('logs.earlier', { count: earlier.count })}
          </Button>
          {earlier.error === null ? null : (
            <span role="alert" className={classes.failed}>
              {describe(earlier.error).title}
            </span>
          )}
        </div>
      )}
      <div
        ref={setElement}
        className={classes.scroller}
        role="log"
        aria-label={t('logs.label')}
        aria-live="off"
        // A region that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div className={classes.lines} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={classes.place}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <LogLine
                number={log.first + item.index + 1}
                text={log.lines[item.index] ?? ''}
                words={wanted}
                current={item.index === current}
              />
            </div>
          ))}
        </div>
      </div>
      {active || away ? (
        <div className={classes.foot}>
          {active ? (
            <span className={classes.following} title={t('logs.followingHint')}>
              <span className={classes.pulse} aria-hidden />
              {t('logs.following')}
            </span>
          ) : null}
          {away ? (
            <button
              type="button"
              className={classes.toEnd}
              onClick={() => virtualizer.scrollToEnd()}
            >
              <IconArrowDown size={14} aria-hidden />
              {t('logs.end')}
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
