import type { JobSort } from '#shared/domain/job-sort.ts'
import { extractedColumns } from '#shared/domain/extracted-columns.ts'
import type { JobState } from '#shared/domain/job-state.ts'

/** All columns of the jobs page, in the order in which they are offered. */
export const columnNames = [
  'queue',
  'id',
  'name',
  'state',
  'when',
  'error',
  'attempts',
  'duration',
  'wait',
  'running',
  'progress',
  'priority',
  'added',
  'started',
  'finished',
  ...extractedColumns,
  'scheduler',
  'parent',
] as const
export type ColumnName = (typeof columnNames)[number]

/** What only the mirror knows of a job: a list of Redis has nothing to show there. */
const ofMirror: ReadonlySet<ColumnName> = new Set<ColumnName>(extractedColumns)

export function needsMirror(columns: readonly ColumnName[] | null): boolean {
  return columns?.some((name) => ofMirror.has(name)) ?? false
}

/** Columns that a list can be ordered by. */
export const sortOf: Partial<Record<ColumnName, JobSort>> = {
  queue: 'queue',
  name: 'name',
  when: 'at',
  attempts: 'attempts',
  duration: 'duration',
  wait: 'wait',
  priority: 'priority',
  added: 'added',
  started: 'started',
  finished: 'finished',
  cost: 'cost',
  memory: 'memory',
  tokens: 'tokens',
}

/** What is worth knowing of a job differs by state: one that waits has no duration and no error. */
const ofState: Record<JobState, readonly ColumnName[]> = {
  active: ['id', 'name', 'when', 'running', 'progress', 'wait', 'attempts', 'scheduler', 'parent'],
  waiting: ['id', 'name', 'when', 'attempts', 'error', 'scheduler', 'parent'],
  prioritized: ['id', 'name', 'priority', 'when', 'attempts', 'error', 'scheduler', 'parent'],
  delayed: ['id', 'name', 'when', 'attempts', 'error', 'scheduler', 'parent'],
  'waiting-children': ['id', 'name', 'when', 'attempts', 'progress', 'scheduler', 'parent'],
  failed: ['id', 'name', 'when', 'error', 'attempts', 'duration', 'wait', 'scheduler', 'parent'],
  completed: ['id', 'name', 'when', 'duration', 'wait', 'attempts', 'scheduler', 'parent'],
}
const ofAll: readonly ColumnName[] = [
  'id',
  'name',
  'state',
  'when',
  'error',
  'attempts',
  'duration',
  'wait',
  'scheduler',
  'parent',
]

/** The columns that fit a list, unless others were chosen: of one queue or several, of one state or several. */
export function usualColumns(queue: string | null, state: JobState | null): ColumnName[] {
  const columns = state === null ? ofAll : ofState[state]
  return queue === null ? ['queue', ...columns] : [...columns]
}

/** Those of these names that are columns: a view may be of another version. */
export function knownColumns(names: readonly string[]): ColumnName[] {
  return names.filter((name): name is ColumnName => columnNames.some((known) => known === name))
}
