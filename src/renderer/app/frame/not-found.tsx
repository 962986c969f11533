import { Button } from '@mantine/core'
import { IconMapQuestion } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/states.tsx'

/** An address that leads to no page. */
export function NotFound() {
  const { t } = useTranslation('frame')
  const address = useLocation({ select: (location) => location.pathname })
  return <Nowhere title={t('notFound')}>{t('notFoundText', { address })}</Nowhere>
}

/** Says that there is nothing here, and leads back. */
export function Nowhere({ title, children }: { title: string; children: string }) {
  const { t } = useTranslation('frame')
  const back = (
    <Button component={Link} to="/" variant="default">
      {t('toStart')}
    </Button>
  )
  return (
    <EmptyState icon={IconMapQuestion} title={title} page actions={back}>
      {children}
    </EmptyState>
  )
}
