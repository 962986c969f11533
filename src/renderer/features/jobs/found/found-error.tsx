import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { hasCode } from '../../../lib/errors/has-code.ts'
import { ErrorState } from '../../../ui/states.tsx'
import { AllQueues } from '../list/all-queues.tsx'

interface FoundErrorProps {
  environment: string
  error: unknown
  retrying: boolean
  onRetry: () => void
}

/** The mirror cannot be searched: why, and the lists that do not need it. */
export function FoundError({ environment, error, retrying, onRetry }: FoundErrorProps) {
  const { t } = useTranslation('jobSearch')
  return (
    <ErrorState
      error={error}
      actions={
        hasCode(error, 'MIRROR_UNAVAILABLE') ? (
          <>
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link {...props} to="/e/$environment/mirror" params={{ environment }} />
              )}
            >
              {t('toMirror')}
            </Button>
            <AllQueues environment={environment} />
          </>
        ) : undefined
      }
      // The same filter would be refused again.
      {...(hasCode(error, 'FILTER_INVALID') ? {} : { onRetry, retrying })}
    />
  )
}
