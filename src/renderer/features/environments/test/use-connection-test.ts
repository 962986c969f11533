import { useCallback, useEffect, useRef, useState } from 'react'
import { client } from '../../../lib/client/index.ts'
import { begun, type TestRun, withStep } from './run.ts'

/** What is tested: a profile with secrets, and the environment whose kept secrets fill the gaps. */
export type TestInput = Parameters<typeof client.environments.testProfile>[0]

export interface ConnectionTest {
  /** The test that runs or ran last; null before the first. */
  run: TestRun | null
  /** Starts anew; answers the error when it could not be run. */
  start: (input: TestInput) => Promise<unknown>
  cancel: () => void
}

/** Runs connection tests one at a time, telling each step live. Ends with the screen. */
export function useConnectionTest(): ConnectionTest {
  const [run, setRun] = useState<TestRun | null>(null)
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])

  const start = useCallback(async (input: TestInput): Promise<unknown> => {
    current.current?.abort()
    const controller = new AbortController()
    const { signal } = controller
    current.current = controller
    const change = (next: (run: TestRun) => TestRun) =>
      setRun((now) => (current.current === controller && now !== null ? next(now) : now))
    setRun(begun)
    try {
      const steps = await client.environments.testProfile(input, { signal })
      for await (const step of steps) change((now) => withStep(now, step))
      change((now) => ({ ...now, state: signal.aborted ? 'cancelled' : 'done' }))
      return null
    } catch (error) {
      change((now) => ({
        ...now,
        ...(signal.aborted ? { state: 'cancelled' } : { state: 'error', error }),
      }))
      return signal.aborted ? null : error
    }
  }, [])

  const cancel = useCallback(() => current.current?.abort(), [])
  return { run, start, cancel }
}
