import { create } from 'zustand'
import type { JobAction } from '#shared/contract/jobs.ts'

interface Refused {
  environment: string
  action: JobAction
}

const useRefused = create<{ refused: Refused | null }>(() => ({ refused: null }))

/** Says in full why an action is refused, and what helps; `RefusalDialog`, once in the frame, shows it. */
export const explainRefusal = (environment: string, action: JobAction) =>
  useRefused.setState({ refused: { environment, action } })
export const endExplaining = () => useRefused.setState({ refused: null })

export const useExplained = (): Refused | null => useRefused(({ refused }) => refused)
