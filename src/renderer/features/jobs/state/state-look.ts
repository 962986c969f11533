import {
  IconAlertCircle,
  IconCircleCheck,
  IconClock,
  IconHelpCircle,
  IconHierarchy2,
  IconPlayerPlay,
  IconStack2,
  IconUrgent,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { JobState } from '#shared/domain/job-state.ts'
import type { Tone } from '../../../ui/tone.ts'

interface StateLook {
  icon: ComponentType<{ size?: number | string; stroke?: number | string; 'aria-hidden'?: boolean }>
  tone: Tone
}

/** How each state looks wherever it is shown; a word always stands beside icon and colour. */
export const stateLooks: Record<JobState | 'unknown', StateLook> = {
  active: { icon: IconPlayerPlay, tone: 'info' },
  waiting: { icon: IconStack2, tone: 'neutral' },
  prioritized: { icon: IconUrgent, tone: 'violet' },
  delayed: { icon: IconClock, tone: 'warning' },
  'waiting-children': { icon: IconHierarchy2, tone: 'teal' },
  failed: { icon: IconAlertCircle, tone: 'danger' },
  completed: { icon: IconCircleCheck, tone: 'success' },
  unknown: { icon: IconHelpCircle, tone: 'neutral' },
}
