import type { AuditRecord } from '#shared/contract/audit.ts'

/** What came of an action: `open` while its outcome is awaited, `unknown` when nobody can tell. */
export type Result = 'done' | 'refused' | 'failed' | 'unknown' | 'open'

export function resultOf({ kind, outcome }: Pick<AuditRecord, 'kind' | 'outcome'>): Result {
  if (kind === 'refusal') return 'refused'
  if (outcome === null) return 'open'
  if (outcome.result === 'ok') return 'done'
  return outcome.result === 'OUTCOME_UNKNOWN' ? 'unknown' : 'failed'
}

/** Code of the error that an action was refused with or ended in; null when it has none. */
export function codeOf({
  result,
  outcome,
}: Pick<AuditRecord, 'result' | 'outcome'>): string | null {
  const code = outcome === null ? result : outcome.result
  return code === 'ok' ? null : code
}
