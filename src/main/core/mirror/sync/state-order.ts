import { jobStates, type JobState } from '#shared/domain/job-state.ts'

/** States whose jobs stand in lists, which have no scores. */
export const lists: ReadonlySet<JobState> = new Set(['active', 'waiting'])

/** What a person looks for first, first; and where most jobs end that are missed elsewhere. */
export const finishedFirst: readonly JobState[] = [
  'failed',
  'completed',
  ...jobStates.filter((state) => state !== 'failed' && state !== 'completed'),
]
