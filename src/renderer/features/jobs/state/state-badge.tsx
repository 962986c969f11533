import { useTranslation } from 'react-i18next'
import type { JobState } from '#shared/domain/job-state.ts'
import { Badge } from '../../../ui/badge.tsx'
import { stateLooks } from './state-look.ts'

interface StateBadgeProps {
  state: JobState | 'unknown'
  variant?: 'soft' | 'plain'
}

/** A job's state as icon, colour and word. */
export function StateBadge({ state, variant = 'soft' }: StateBadgeProps) {
  const { t } = useTranslation('common')
  const { icon, tone } = stateLooks[state]
  return (
    <Badge icon={icon} tone={tone} variant={variant}>
      {t(`state.${state}`)}
    </Badge>
  )
}
