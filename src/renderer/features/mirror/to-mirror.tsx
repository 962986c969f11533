import { Button } from '@mantine/core'
import { IconDatabase } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** Leads to the page that says why a mirror cannot be used, and what helps. */
export function ToMirror({ environment }: { environment: string }) {
  const { t } = useTranslation('mirror')
  return (
    <Button
      leftSection={<IconDatabase size={14} aria-hidden />}
      renderRoot={(root) => <Link {...root} to="/e/$environment/mirror" params={{ environment }} />}
    >
      {t('open')}
    </Button>
  )
}
