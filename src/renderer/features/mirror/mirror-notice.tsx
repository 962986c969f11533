import { IconAlertTriangle, IconDevices } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MirrorStatus } from '#shared/contract/mirror.ts'
import { NoticeBar } from '../../ui/notice-bar.tsx'

interface MirrorNoticeProps {
  status: Pick<MirrorStatus, 'state' | 'problem' | 'unread'>
  onRebuild: () => void
}

/** Above the page of a mirror that cannot be used here: why, what helps, what is not affected. */
export function MirrorNotice({ status: { state, problem, unread }, onRebuild }: MirrorNoticeProps) {
  const { t } = useTranslation('mirror')
  if (state === 'elsewhere') {
    return (
      <div role="status">
        <NoticeBar tone="neutral" icon={IconDevices}>
          {t('keptElsewhere')}
        </NoticeBar>
      </div>
    )
  }
  if (state !== 'failed') {
    if (unread === null) return null
    return (
      <div role="alert">
        <NoticeBar tone="warning" icon={IconAlertTriangle} strong={`${t(`unread.${unread}`)}.`}>
          {t(`unreadRemedy.${unread}`)}
        </NoticeBar>
      </div>
    )
  }
  const why = problem ?? 'unavailable'
  return (
    <div role="alert">
      <NoticeBar
        tone="danger"
        icon={IconAlertTriangle}
        strong={`${t(`failed.${why}`)}.`}
        action={{ label: t('rebuild'), run: onRebuild }}
      >
        {t(`remedy.${why}`)} {t('elsewhere')}
      </NoticeBar>
    </div>
  )
}
