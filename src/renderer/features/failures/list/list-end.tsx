import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../lib/format/use-format.ts'
import classes from '../failures.module.css'

/** The most groups that one answer has. */
const most = 500

interface ListEndProps {
  shown: number
  total: number
  loading: boolean
  /** Null where all are shown. */
  onMore: ((limit: number) => void) | null
}

/** Under the last row: how many groups there are beyond it. */
export function ListEnd({ shown, total, loading, onMore }: ListEndProps) {
  const { t } = useTranslation('failures')
  const format = useFormat()
  if (shown >= total) return null
  return (
    <div className={classes.end}>
      <span>{t('shownOf', { shown: format.count(shown), count: total })}</span>
      {onMore === null || shown >= most ? (
        <span>{t('narrow')}</span>
      ) : (
        <Button variant="default" size="compact-sm" loading={loading} onClick={() => onMore(most)}>
          {t('showMore')}
        </Button>
      )}
    </div>
  )
}
