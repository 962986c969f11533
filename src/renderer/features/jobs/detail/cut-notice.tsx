import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { useFormat } from '../../../lib/format/use-format.ts'
import classes from './detail.module.css'
import type { WholeValue } from './use-whole-value.ts'

/** Says that a value is only a beginning, and loads the rest; a very large one is asked about first. */
export function CutNotice({ whole }: { whole: WholeValue }) {
  const { t } = useTranslation('jobs')
  const format = useFormat()
  const describe = useDescribeError()
  const { value } = whole
  if (!value.cut) {
    return null
  }
  const size = format.bytes(value.size)
  if (whole.asking) {
    return (
      <div className={classes.cut} role="alertdialog" aria-label={t('data.loadLarge', { size })}>
        <p>{t('data.loadLargeText', { size })}</p>
        <div className={classes.cutButtons}>
          <Button variant="default" onClick={whole.cancel}>
            {t('data.cancelLoad')}
          </Button>
          <Button onClick={whole.confirm}>{t('data.loadLargeConfirm', { size })}</Button>
        </div>
      </div>
    )
  }
  const shown = new TextEncoder().encode(value.text).length
  return (
    <div className={classes.cut} data-line>
      <span>
        {whole.error === null
          ? shown === 0
            ? t('data.notShown', { size })
            : t('data.cut', { shown: format.bytes(shown), size })
          : describe(whole.error).title}
      </span>
      <Button variant="default" loading={whole.loading} onClick={whole.load}>
        {t('data.loadAll', { size })}
      </Button>
    </div>
  )
}
