import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDescribeError } from '../../../lib/errors/describe-error.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import classes from '../form-notice.module.css'

/** Why it was not saved: what happened, what to do next, and the code. */
export function SaveFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('ui')
  const { title, detail, next, report, code } = useDescribeError()(error)
  return (
    <div className={classes.root} data-tone="danger" role="alert">
      <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
      <div className={classes.text}>
        <strong>{title}.</strong> {detail} {next}{' '}
        <CopyText text={report ?? code} what={report === null ? t('code') : t('copyReport')} />
      </div>
      <Button variant="default" size="compact-sm" onClick={onRetry}>
        {t('retry')}
      </Button>
    </div>
  )
}
