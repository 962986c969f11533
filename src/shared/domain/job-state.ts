/** BullMQ's states of a job, in the order the console shows them. */
export const jobStates = [
  'active',
  'waiting',
  'prioritized',
  'delayed',
  'waiting-children',
  'failed',
  'completed',
] as const

export type JobState = (typeof jobStates)[number]

/** States a job can be moved back to waiting from. */
export const retryableStates: readonly JobState[] = ['failed', 'completed']

/** The score of the `delayed` set is the due time in milliseconds times this, plus a counter. */
export const delayedScoreFactor = 4096
