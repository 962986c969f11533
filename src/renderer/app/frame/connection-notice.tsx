import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { retryConnection, useConnection } from '../../lib/client/index.ts'
import { useNow } from '../../lib/clock.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import classes from './connection-notice.module.css'

/** Says, wherever one is, that the console itself is away, since when, and when it is tried again. */
export function ConnectionNotice() {
  const { state } = useConnection()
  return (
    <div role="status">
      {state === 'lost' || state === 'refused' ? <Notice refused={state === 'refused'} /> : null}
    </div>
  )
}

function Notice({ refused }: { refused: boolean }) {
  const { t } = useTranslation('frame')
  const format = useFormat()
  const now = useNow()
  const { since, nextTryAt, epoch } = useConnection()
  const seconds = nextTryAt === null ? 0 : Math.ceil((nextTryAt - now) / 1000)
  const lost = epoch === 0 ? t('lostFirst') : t('lost', { time: format.clock(since, now) })
  return (
    <div className={classes.root}>
      <IconPlugConnectedX size={16} stroke={1.6} aria-hidden />
      {refused ? (
        <span>
          <strong>{t('refused')}</strong> {t('refusedHow')}
        </span>
      ) : (
        <>
          <span>
            <strong>{lost}</strong>{' '}
            <span className="tabular" aria-live="off">
              {seconds > 0 ? t('nextTry', { seconds }) : t('trying')}
            </span>
          </span>
          <button type="button" className={classes.retry} onClick={retryConnection}>
            {t('retryNow')}
          </button>
        </>
      )}
    </div>
  )
}
