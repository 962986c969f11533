import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockPause,
  IconDatabaseOff,
  IconDevices,
  IconHistory,
  IconLoader2,
  IconPlayerPause,
  IconPlugOff,
} from '@tabler/icons-react'
import type { MirrorStatus } from '#shared/contract/mirror.ts'
import type { Tone } from '../../ui/tone.ts'

interface Look {
  icon: typeof IconCircleCheck
  tone: Tone
}

/**
 * What a mirror is up to, which its state alone does not tell: one that follows may have fallen behind, and one that
 * would read may not be let.
 */
export type Course = MirrorStatus['state'] | 'behind' | 'unread'

/** Icon and colour of each; its words stand beside them. */
export const courseLooks: Record<Course, Look> = {
  off: { icon: IconDatabaseOff, tone: 'neutral' },
  starting: { icon: IconLoader2, tone: 'info' },
  backfilling: { icon: IconHistory, tone: 'info' },
  following: { icon: IconCircleCheck, tone: 'success' },
  unread: { icon: IconAlertTriangle, tone: 'warning' },
  behind: { icon: IconClockPause, tone: 'warning' },
  paused: { icon: IconPlayerPause, tone: 'warning' },
  offline: { icon: IconPlugOff, tone: 'neutral' },
  elsewhere: { icon: IconDevices, tone: 'neutral' },
  failed: { icon: IconAlertTriangle, tone: 'danger' },
}

/** A mirror whose last word is younger than this is in step, in milliseconds: changes come in bursts. */
const inStep = 5_000

export function courseOf(
  {
    state,
    unread,
    syncedAt,
    behind,
  }: Pick<MirrorStatus, 'state' | 'unread' | 'syncedAt' | 'behind'>,
  now: number,
): Course {
  const reads = state === 'starting' || state === 'backfilling' || state === 'following'
  if (reads && unread !== null) return 'unread'
  const late = syncedAt === null || now - syncedAt >= inStep
  return state === 'following' && behind > 0 && late ? 'behind' : state
}

/** 0 to 1; of nothing known, nothing is read. */
export function shareOf({ done, total }: { done: number; total: number }): number {
  return total === 0 ? 0 : Math.min(1, done / total)
}

/** What is less than this share is always under way where jobs come and go. */
const always = 0.01
/** Fewer are read in a moment. */
const few = 500

/** Whether so little is left that it is no work to speak of, but what new jobs bring. */
export function isKeepingUp({ done, total }: { done: number; total: number }): boolean {
  return total - done <= total * always
}

/** Whether it takes so long that it is told wherever one is. */
export function isLong(work: { done: number; total: number }): boolean {
  return !isKeepingUp(work) && work.total - work.done > few
}
