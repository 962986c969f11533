import { Button } from '@mantine/core'
import { IconBug } from '@tabler/icons-react'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CopyText } from '../../ui/copy-text.tsx'
import { EmptyState } from '../../ui/states.tsx'

/** A page that threw: the rest of the window stays. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('frame')
  const router = useRouter()
  return (
    <EmptyState
      icon={IconBug}
      title={t('crash')}
      page
      actions={
        <Button
          variant="default"
          onClick={() => {
            reset()
            void router.invalidate()
          }}
        >
          {t('crashReload')}
        </Button>
      }
    >
      <p>{t('crashText')}</p>
      <CopyText
        text={error instanceof Error ? (error.stack ?? error.message) : String(error)}
        what={t('crashCopy')}
        shorten={60}
      />
    </EmptyState>
  )
}
