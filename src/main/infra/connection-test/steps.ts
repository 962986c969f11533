import type { TestProblem, TestStep, TestStepName } from '#shared/contract/connection-tests.ts'

export type Facts = TestStep['facts']

/** What a step has seen; with a problem it is a warning, and the test goes on. */
export interface Finding {
  problem?: TestProblem | null
  facts?: Facts
}

/** Stops the test at the step that throws it. Holds nothing but what may be told. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure'
  readonly problem: TestProblem
  readonly facts: Facts

  constructor(problem: TestProblem, facts: Facts = {}) {
    super(problem)
    this.problem = problem
    this.facts = facts
  }
}

export interface Step {
  name: TestStepName
  /** Told only when there is something to tell: the profile does not ask for it. */
  quiet?: boolean
  /** @throws StepFailure, or what `failureIn` knows. */
  run(signal: AbortSignal): Promise<Finding>
}
