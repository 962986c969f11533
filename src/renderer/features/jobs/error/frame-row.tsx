import { useTranslation } from 'react-i18next'
import type { StackFrame } from '#shared/domain/stacktrace.ts'
import { visibleText } from '../text/visible-text.ts'
import classes from './error.module.css'

/** A call of a stack: its function, and where in which file. */
export function FrameRow({ frame }: { frame: StackFrame }) {
  const { t } = useTranslation('jobs')
  const { folder, name } = splitFile(frame.file)
  const place = [frame.line, frame.column].filter((part) => part !== null).join(':')
  return (
    <div className={classes.frame} data-kind={frame.kind} title={visibleText(frame.raw.trim())}>
      <span className={classes.function}>
        {frame.async ? <span className={classes.mark}>{t('error.async')} </span> : null}
        {frame.function === null ? (
          <span className={classes.mark}>{t('error.anonymous')}</span>
        ) : (
          visibleText(frame.function)
        )}
        {frame.evaluated ? <span className={classes.mark}> {t('error.eval')}</span> : null}
      </span>
      {frame.file === null ? null : (
        <span className={classes.place}>
          <span className={classes.folder}>{visibleText(folder)}</span>
          <span className={classes.file}>
            {visibleText(name)}
            {place === '' ? null : `:${place}`}
          </span>
        </span>
      )}
    </div>
  )
}

function splitFile(file: string | null): { folder: string; name: string } {
  const path = (file ?? '').replace(/^file:\/\//, '')
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return { folder: path.slice(0, at + 1), name: path.slice(at + 1) }
}
