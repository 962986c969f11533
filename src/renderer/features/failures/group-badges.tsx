import {
  IconArrowBackUp,
  IconBellOff,
  IconCircleCheck,
  IconRefreshAlert,
  IconSparkles,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FailureGroup } from '#shared/contract/failures.ts'
import { useFormat } from '../../lib/format/use-format.ts'
import { Badge } from '../../ui/badge.tsx'

/** What is remarkable about a group: its status, and that it is new or has come back. */
export function GroupBadges({ group }: { group: FailureGroup }) {
  const { t } = useTranslation('failures')
  const format = useFormat()
  const { status, reopened, isNew, backAfter } = group
  return (
    <>
      {status === 'resolved' ? (
        <Badge tone="success" icon={IconCircleCheck}>
          {t('badge.resolved')}
        </Badge>
      ) : null}
      {status === 'muted' ? <Badge icon={IconBellOff}>{t('badge.muted')}</Badge> : null}
      {reopened ? (
        <Badge tone="danger" icon={IconRefreshAlert}>
          {t('badge.reopened')}
        </Badge>
      ) : null}
      {isNew ? (
        <Badge tone="violet" icon={IconSparkles}>
          {t('badge.new')}
        </Badge>
      ) : null}
      {backAfter === null ? null : (
        <Badge tone="warning" icon={IconArrowBackUp}>
          {t('badge.back', { after: format.duration(wholeDays(backAfter)) })}
        </Badge>
      )}
    </>
  )
}

const day = 86_400_000

/** "3 d", not "3 d 4 h": that it was quiet for days is what counts. */
function wholeDays(milliseconds: number): number {
  return milliseconds < day ? milliseconds : Math.floor(milliseconds / day) * day
}
