import { isConsoleError } from '#shared/errors.ts'
import type { AuditRecorder } from '../audit/audit-trail.ts'
import type { Actor } from '../services.ts'

/**
 * Does something about an environment on record: the intent before, durable, and what came of it after.
 *
 * @throws ConsoleError AUDIT_UNAVAILABLE, having done nothing; else what `work` throws.
 */
export async function recorded<Result>(
  audit: AuditRecorder,
  actor: Actor,
  environment: string,
  action: `environments.${string}`,
  details: Record<string, unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  const subject = { actor, environment, action, queue: null, job: null, reason: null }
  const intent = audit.intent(subject, details)
  try {
    const result = await work()
    audit.outcome(intent, 'ok', {})
    return result
  } catch (error) {
    audit.outcome(intent, isConsoleError(error) ? error.code : 'FAILED', {})
    throw error
  }
}
