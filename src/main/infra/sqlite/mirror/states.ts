import { type JobState, jobStates } from '#shared/domain/job-state.ts'

/** How a state stands in the file: its index, and one more for a hash in no state. */
const indexes = new Map<JobState | 'unknown', number>([
  ...jobStates.map((state, index) => [state, index] as const),
  ['unknown', jobStates.length],
])

export const stateCount = jobStates.length + 1
export const failedState = jobStates.indexOf('failed')
export const completedState = jobStates.indexOf('completed')

export function stateIndex(state: JobState | 'unknown'): number {
  return indexes.get(state) ?? jobStates.length
}

export function isFinishedState(state: number): boolean {
  return state === failedState || state === completedState
}
