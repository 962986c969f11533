import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconLoader2,
  IconPlugConnectedX,
  IconPlugOff,
} from '@tabler/icons-react'
import type { ConnectionState, Health } from '#shared/contract/connections.ts'
import type { Tone } from '../../../ui/tone.ts'

interface Look {
  icon: typeof IconCircleCheck
  tone: Tone
}

/** Icon and colour of each state of a connection; its word stands beside them. */
export const healthLooks: Record<ConnectionState, Look> = {
  offline: { icon: IconPlugOff, tone: 'neutral' },
  connecting: { icon: IconLoader2, tone: 'neutral' },
  ready: { icon: IconCircleCheck, tone: 'success' },
  degraded: { icon: IconAlertTriangle, tone: 'warning' },
  loading: { icon: IconLoader2, tone: 'info' },
  reconnecting: { icon: IconPlugConnectedX, tone: 'danger' },
  refused: { icon: IconCircleX, tone: 'danger' },
}

/** Whole seconds until the next try; null when none is due. */
export function secondsToTry({ nextTryAt }: Pick<Health, 'nextTryAt'>, now: number): number | null {
  return nextTryAt === null ? null : Math.max(0, Math.ceil((nextTryAt - now) / 1000))
}
