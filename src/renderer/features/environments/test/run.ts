import type { TestStep } from '#shared/contract/connection-tests.ts'

/** How a connection test stands. */
export interface TestRun {
  state: 'running' | 'done' | 'cancelled' | 'error'
  /** In the order they were told; one that is running is the last. */
  steps: readonly TestStep[]
  /** Of the whole test so far, in milliseconds. */
  duration: number
  /** Why it could not be run; only in state `error`. */
  error: unknown
}

export const begun: TestRun = { state: 'running', steps: [], duration: 0, error: null }

/** With a step that was told: a new one, or how one that was running has ended. */
export function withStep(run: TestRun, step: TestStep): TestRun {
  const known = run.steps.some(({ name }) => name === step.name)
  return {
    ...run,
    steps: known
      ? run.steps.map((told) => (told.name === step.name ? step : told))
      : [...run.steps, step],
    duration: run.duration + (step.duration ?? 0),
  }
}

/** What came of a test: where it stopped, or how much there is to know. */
export type Verdict =
  | { type: 'running'; step: TestStep | null }
  | { type: 'stopped'; step: TestStep }
  | { type: 'passed'; warnings: number }
  | { type: 'cancelled' }
  | { type: 'interrupted' }
  | { type: 'error' }

export function verdictOf({ state, steps }: TestRun): Verdict {
  const failed = steps.find(({ status }) => status === 'failed')
  const running = steps.findLast(({ status }) => status === 'running') ?? null
  if (state === 'running') return { type: 'running', step: running }
  if (state !== 'done') return { type: state }
  if (failed !== undefined) return { type: 'stopped', step: failed }
  if (running !== null || steps.length === 0) return { type: 'interrupted' }
  return { type: 'passed', warnings: steps.filter(({ status }) => status === 'warning').length }
}
