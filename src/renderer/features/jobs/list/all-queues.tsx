import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** The way to the list of queues, from where there is no queue to show. */
export function AllQueues({ environment }: { environment: string }) {
  const { t } = useTranslation('jobs')
  return (
    <Button
      variant="default"
      renderRoot={(props) => (
        <Link {...props} to="/e/$environment/queues" params={{ environment }} />
      )}
    >
      {t('queue.toQueues')}
    </Button>
  )
}
