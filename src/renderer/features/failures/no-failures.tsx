import { Button } from '@mantine/core'
import { IconCircleCheck, IconDatabaseOff, IconFilterOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FailureWindow } from '#shared/contract/failures.ts'
import type { Coverage } from '#shared/contract/job-search.ts'
import { EmptyState } from '../../ui/states.tsx'
import { type Listing, windows } from './search.ts'

interface NoFailuresProps {
  listing: Listing
  coverage: Coverage
  onClear: () => void
  onLonger: (window: FailureWindow) => void
}

/** Why no group is listed: none matches, nothing failed, or nothing is known yet. */
export function NoFailures({ listing, coverage, onClear, onLonger }: NoFailuresProps) {
  const { t } = useTranslation('failures')
  const { window, filter, status } = listing
  const longer = windows[windows.indexOf(window) + 1]
  const more =
    longer === undefined ? null : (
      <Button variant="default" onClick={() => onLonger(longer)}>
        {t('empty.longer', { window: t(`window.in.${longer}`) })}
      </Button>
    )
  if (filter !== '') {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('empty.filtered')}
        actions={
          <>
            <Button variant="default" onClick={onClear}>
              {t('empty.clear')}
            </Button>
            {more}
          </>
        }
      >
        {t('empty.filteredText')}
      </EmptyState>
    )
  }
  if (coverage.asOf === null) {
    return (
      <EmptyState icon={IconDatabaseOff} title={t('empty.unread')}>
        {t('empty.unreadText')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={IconCircleCheck}
      title={t(`empty.${status}`, { window: t(`window.in.${window}`) })}
      actions={more}
    >
      {status === 'open' ? t('empty.openText') : undefined}
    </EmptyState>
  )
}
