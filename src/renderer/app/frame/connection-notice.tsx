import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { retryConnection, useConnection } from '../../lib/client/index.ts'
import { useNow } from '../../lib/clock.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { NoticeBar } from '../../ui/notice-bar.tsx'

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
  if (refused) {
    return (
      <NoticeBar tone="danger" icon={IconPlugConnectedX} strong={t('refused')}>
        {t('refusedHow')}
      </NoticeBar>
    )
  }
  const seconds = nextTryAt === null ? 0 : Math.ceil((nextTryAt - now) / 1000)
  return (
    <NoticeBar
      tone="danger"
      icon={IconPlugConnectedX}
      strong={epoch === 0 ? t('lostFirst') : t('lost', { time: format.clock(since, now) })}
      action={{ label: t('retryNow'), run: retryConnection }}
    >
      <span className="tabular" aria-live="off">
        {seconds > 0 ? t('nextTry', { seconds }) : t('trying')}
      </span>
    </NoticeBar>
  )
}
