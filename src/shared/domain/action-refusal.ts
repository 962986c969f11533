import type { Health, Lock, Rights } from '../contract/connections.ts'
import { isReadable } from '../contract/connections.ts'
import type { JobAction } from '../contract/jobs.ts'

/** Why an action cannot be done in an environment now, whatever the job. */
export type ActionRefusal =
  | { because: 'view-only' | 'replica' | 'replication' | 'locked' }
  /** Its Redis does not answer; state and reason say how. */
  | { because: 'away'; state: Health['state']; reason: Health['reason'] }
  /** The Redis user lacks these commands or key patterns. */
  | { because: 'rights'; user: string | null; missing: readonly string[] }

interface Situation {
  lock: Pick<Lock, 'state'>
  health: Pick<Health, 'state' | 'reason'>
  /** Undefined while they are not known. */
  rights: Pick<Rights, 'user' | 'role' | JobAction> | undefined
}

/**
 * Why an action is refused in an environment now; null when nothing known stands against it. Of several
 * reasons the one that lasts longest: who may not do it anyway is not asked to unlock first.
 */
export function actionRefusal(
  action: JobAction,
  { lock, health, rights }: Situation,
): ActionRefusal | null {
  if (lock.state === 'view-only') return { because: 'view-only' }
  if (!isReadable(health)) {
    return { because: 'away', state: health.state, reason: health.reason }
  }
  if (rights?.role === 'replica' || health.reason === 'replica') return { because: 'replica' }
  if (rights?.[action].allowed === false) {
    return { because: 'rights', user: rights.user, missing: rights[action].missing }
  }
  if (health.reason === 'replication') return { because: 'replication' }
  return lock.state === 'locked' ? { because: 'locked' } : null
}
