import type { FailureStatus } from '#shared/contract/failures.ts'

/** What operators noted of a group. */
export interface FailureNote {
  /** The group's fingerprint. */
  id: string
  name: string | null
  status: FailureStatus
  /** When it was last resolved: seen later, it is open again. Null unless resolved. */
  resolvedAt: number | null
  note: string | null
  runbook: string | null
  /** The group it counts as. */
  mergedInto: string | null
  /** Its jobs are told apart by their whole message. */
  split: boolean
  changedBy: string
  changedAt: number
}

/** Notes per environment, kept on this machine. */
export interface FailureNoteStore {
  all(environment: string): FailureNote[]
  /** All of them or none. */
  save(environment: string, notes: readonly FailureNote[]): void
}
