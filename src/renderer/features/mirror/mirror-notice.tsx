import { IconAlertTriangle, IconDevices } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MirrorStatus } from '#shared/contract/mirror.ts'
import { NoticeBar } from '../../ui/notice-bar.tsx'

interface MirrorNoticeProps {
  status: Pick<MirrorStatus, 'state' | 'problem'>
  onRebuild: () => void
}

/** Above the page of a mirror that cannot be used here: why, what helps, what is not affected. */
export function MirrorNotice({ status: { state, problem }, onRebuild }: MirrorNoticeProps) {
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
  if (state !== 'failed') return null
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
