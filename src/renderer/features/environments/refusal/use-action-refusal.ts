import { useTranslation } from 'react-i18next'
import type { JobAction } from '#shared/contract/jobs.ts'
import { actionRefusal, type ActionRefusal } from '#shared/domain/action-refusal.ts'
import { useOfEnvironments, useVitals } from '../../../lib/environments.ts'
import { useHealthWords } from '../connection/use-health-words.ts'
import { askToUnlock } from '../lock/unlocking.ts'
import { explainRefusal } from './refusing.ts'

export interface RefusedAction {
  refusal: ActionRefusal
  /** In a few words, for a hint: "locked: unlock first". */
  short: string
  /** In sentences: why, and what helps. */
  text: string
  /** What pressing the refused action does: asks to unlock, where that helps, else says why. */
  explain: () => void
}

/** Why an action is refused in an environment now, kept up to date; null when nothing is against it. */
export function useActionRefusal(environmentId: string, action: JobAction): RefusedAction | null {
  const { t } = useTranslation('lock')
  const words = useHealthWords()
  const { data: vitals } = useVitals(environmentId)
  const situation = useOfEnvironments((environments) => {
    const environment = environments.find(({ id }) => id === environmentId)
    if (environment === undefined) return null
    const { name, lock, health } = environment
    return { name, lock: lock.state, state: health.state, reason: health.reason }
  })
  if (situation === null) return null
  const { name } = situation
  const refusal = actionRefusal(action, {
    lock: { state: situation.lock },
    health: situation,
    rights: vitals?.rights,
  })
  if (refusal === null) return null
  const { because } = refusal
  return {
    refusal,
    short: because === 'away' ? words.whole(refusal) : t(`refusal.short.${because}`),
    text:
      because === 'away'
        ? t('refusal.text.away', { name, state: words.whole(refusal) })
        : because === 'rights'
          ? t('refusal.text.rights', {
              user: refusal.user === null ? t('refusal.nobody') : `“${refusal.user}”`,
              missing: refusal.missing.join(', ') || t('refusal.something'),
            })
          : t(`refusal.text.${because}`, { name }),
    explain: () =>
      because === 'locked' ? askToUnlock(environmentId) : explainRefusal(environmentId, action),
  }
}
