import type { TestStep } from '#shared/contract/connection-tests.ts'
import { failureIn } from './problems.ts'
import { StepFailure, type Step } from './steps.ts'

/** For one step, in milliseconds. */
const defaultPatience = 10_000

/**
 * Runs steps one after the other, and tells each when it begins and when it has ended. After one that
 * failed the others are skipped. Ends at once, without a word, when the signal aborts.
 */
export async function* runSteps(
  steps: readonly Step[],
  signal: AbortSignal,
  patience = defaultPatience,
): AsyncGenerator<TestStep, void, undefined> {
  let stopped = false
  for (const step of steps) {
    const { name, quiet = false } = step
    if (stopped) {
      if (!quiet) yield { name, status: 'skipped', duration: null, problem: null, facts: {} }
      continue
    }
    if (!quiet) yield { name, status: 'running', duration: null, problem: null, facts: {} }
    const startedAt = performance.now()
    const outcome = await outcomeOf(step, signal, patience)
    if (signal.aborted) return
    stopped = outcome.status === 'failed'
    if (quiet && outcome.status === 'ok') continue
    yield { name, duration: performance.now() - startedAt, ...outcome }
  }
}

type Outcome = Pick<TestStep, 'status' | 'problem' | 'facts'>

async function outcomeOf(step: Step, signal: AbortSignal, patience: number): Promise<Outcome> {
  const late = AbortSignal.timeout(patience)
  const bounded = AbortSignal.any([signal, late])
  const ended = new Promise<never>((_, reject) => {
    const end = () => reject(new StepFailure('timeout'))
    if (bounded.aborted) end()
    else bounded.addEventListener('abort', end, { once: true })
  })
  // Nobody waits for it when the step ends by itself.
  ended.catch(() => {})
  try {
    if (signal.aborted) throw new StepFailure('unknown')
    const { problem = null, facts = {} } = await Promise.race([step.run(bounded), ended])
    return { status: problem === null ? 'ok' : 'warning', problem, facts }
  } catch (error) {
    const { problem, facts } = failureIn(error)
    return { status: 'failed', problem, facts }
  }
}
