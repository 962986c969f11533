import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { StateCounts } from '#shared/contract/queues.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { EmptyState } from '../../../ui/states.tsx'
import { stateToOpen } from '../../queues/queue-order.ts'
import { stateLooks } from '../state/state-look.ts'

interface NoJobsProps {
  queue: string
  state: JobState
  counts: StateCounts | undefined
}

/** A state without jobs: what would be here, and where the queue's jobs are instead. */
export function NoJobs({ queue, state, counts }: NoJobsProps) {
  const { t } = useTranslation('jobs')
  const other = counts === undefined ? null : stateToOpen(counts)
  const count = other === null ? 0 : (counts?.[other] ?? 0)
  return (
    <EmptyState
      icon={stateLooks[state].icon}
      title={t(`empty.${state}`)}
      actions={
        other === null || count === 0 ? undefined : (
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link
                {...props}
                from="/e/$environment/jobs"
                to="."
                search={{ queue, state: other }}
              />
            )}
          >
            {t('empty.see', { state: t(`inState.${other}`, { count }), count })}
          </Button>
        )
      }
    >
      {t(`empty.text.${state}`)}
    </EmptyState>
  )
}
