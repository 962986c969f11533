import { Button } from '@mantine/core'
import { IconMapQuestion } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/states.tsx'

/** An address that leads to no page. */
export function NotFound() {
  const { t } = useTranslation('frame')
  const address = useLocation({ select: (location) => location.pathname })
  return (
    <EmptyState
      icon={IconMapQuestion}
      title={t('notFound')}
      page
      actions={
        <Button component={Link} to="/" variant="default">
          {t('toQueues')}
        </Button>
      }
    >
      {t('notFoundText', { address })}
    </EmptyState>
  )
}
