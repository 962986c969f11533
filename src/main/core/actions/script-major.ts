import { bullmqVersion, majorOf } from '#shared/domain/library-version.ts'
import type { QueueFacts } from './ports.ts'

/** Majors of BullMQ whose own scripts the console carries. */
export type ScriptMajor = 5 | 6

/**
 * Whose scripts fit a queue; null where none does: Bull, BullMQ 3 and 4, the Pro edition, versions
 * yet to come, and queues that never said.
 */
export function scriptMajorOf({ version }: Pick<QueueFacts, 'version'>): ScriptMajor | null {
  const major = majorOf(bullmqVersion(version))
  return major === 5 || major === 6 ? major : null
}

/**
 * Up to 5, pausing moves `wait` to `paused`; 6 leaves jobs in `wait` and only marks the queue. Where
 * both have been at work, the next v5 resume overwrites `wait` and its jobs are lost:
 *
 * | scripts | marked paused | `wait` | `paused` list |         |
 * |---------|---------------|--------|---------------|---------|
 * | 6       | any           | any    | empty         | sound   |
 * | 6       | any           | any    | filled        | mixed   |
 * | 5       | yes           | empty  | any           | sound   |
 * | 5       | yes           | filled | any           | mixed   |
 * | 5       | no            | any    | empty         | sound   |
 * | 5       | no            | any    | filled        | mixed   |
 */
export function isPauseMixed(major: ScriptMajor, queue: QueueFacts): boolean {
  if (major === 5 && queue.paused) return queue.waiting > 0
  return queue.pausedList > 0
}

/** Where a retried job goes: only 6 gives it back its priority. */
export function retryTarget(major: ScriptMajor, priority: number): 'waiting' | 'prioritized' {
  return major === 6 && priority > 0 ? 'prioritized' : 'waiting'
}
