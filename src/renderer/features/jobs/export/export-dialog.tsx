import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  exportColumns,
  exportFormatSchema,
  type ExportFormat,
} from '#shared/contract/job-search.ts'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { useNow } from '../../../lib/clock.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import { toastSuccess } from '../../../lib/toast.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { useReturnFocus } from '../../../ui/use-return-focus.ts'
import { Choice } from '../../environments/choice.tsx'
import type { ColumnName } from '../list/columns.ts'
import type { Sort } from '../listing.ts'
import { visibleText } from '../text/visible-text.ts'
import { exportColumnsOf } from './export-columns.ts'
import classes from './export.module.css'
import { type ExportCourse, useExport } from './use-export.ts'

interface ExportDialogProps {
  environment: string
  filter: string
  sort: Sort
  /** On screen, in order. */
  columns: readonly ColumnName[]
  /** Jobs that are listed; null while it is not known. */
  total: number | null
  onClose: () => void
}

/** Writes what is listed to a file, with its progress. */
export function ExportDialog(props: ExportDialogProps) {
  const { environment, filter, sort, columns, total, onClose } = props
  const { t } = useTranslation(['jobSearch', 'ui'])
  const format = useFormat()
  const describe = useDescribeError()
  useReturnFocus()
  const [kind, setKind] = useState<ExportFormat>('csv')
  const [which, setWhich] = useState<'shown' | 'all'>('shown')
  const { course, error, start, cancel } = useExport((fileName, { rows, leftOut }) => {
    const message =
      leftOut === 0 ? fileName : `${fileName} · ${t('export.leftOut', { count: leftOut })}`
    toastSuccess({ title: t('export.done', { count: rows }), message })
    onClose()
  })
  const shown = exportColumnsOf(columns)
  const failure = error === null ? null : describe(error)
  const close = () => {
    cancel()
    onClose()
  }
  return (
    <Modal
      opened
      centered
      size={480}
      title={t('export.title')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      closeOnClickOutside={course === null}
      onClose={close}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          const asked = which === 'all' || shown.length === 0 ? [...exportColumns] : shown
          start({ environment, filter, sort, format: kind, columns: asked })
        }}
      >
        <p className={classes.what}>
          {total === null ? t('export.whatUnknown') : t('export.what', { count: total })}{' '}
          {filter === '' ? null : <code className={classes.filter}>{visibleText(filter)}</code>}
        </p>
        <fieldset className={classes.choices} disabled={course !== null}>
          <Choice
            label={t('export.format')}
            description={t(`export.formatHint.${kind}`)}
            value={kind}
            options={exportFormatSchema.options.map((value) => ({
              value,
              label: t(`export.formats.${value}`),
            }))}
            onChange={setKind}
          />
          <Choice
            label={t('export.columns')}
            value={which}
            options={[
              { value: 'shown', label: t('export.shown', { count: shown.length }) },
              { value: 'all', label: t('export.all', { count: exportColumns.length }) },
            ]}
            onChange={setWhich}
          />
        </fieldset>
        {course === null ? null : <Course course={course} />}
        {failure === null ? null : (
          <p className={classes.failure} role="alert">
            <strong>{failure.title}</strong> {t('export.nothingWritten')} {failure.next}
          </p>
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={close}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" data-autofocus loading={course !== null} disabled={total === 0}>
            {total === null
              ? t('export.button')
              : t('export.buttonCount', { count: total, value: format.count(total) })}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function Course({ course: { rows, total, startedAt } }: { course: ExportCourse }) {
  const { t } = useTranslation('jobSearch')
  const format = useFormat()
  const now = useNow()
  const seconds = Math.max(0.5, (now - startedAt) / 1000)
  const rate = rows / seconds
  const left = rate === 0 ? null : ((total - rows) / rate) * 1000
  return (
    <div className={classes.course} role="status" aria-live="off">
      <Progress share={total === 0 ? null : rows / total} label={t('export.progress')} />
      <span className="tabular">
        {t('export.rows', { rows: format.count(rows), total: format.count(total) })}
        {rate === 0 ? null : <> · {t('export.rate', { rate: format.count(Math.round(rate)) })}</>}
        {left === null || left < 1000 ? null : (
          <> · {t('export.left', { left: format.duration(Math.round(left / 1000) * 1000) })}</>
        )}
      </span>
    </div>
  )
}
