/** What a list of the mirror's jobs can be ordered by. */
export const jobSorts = [
  'at',
  'added',
  'started',
  'finished',
  'duration',
  'wait',
  'attempts',
  'priority',
  'cost',
  'memory',
  'tokens',
  'name',
  'queue',
] as const
export type JobSort = (typeof jobSorts)[number]
