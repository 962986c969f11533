import { useTranslation } from 'react-i18next'
import type { Health } from '#shared/contract/connections.ts'
import { secondsToTry } from './health-look.ts'

type State = Pick<Health, 'state' | 'reason'>

/** A connection's state in words: "reconnecting: no answer", and when it is tried again. */
export function useHealthWords() {
  const { t } = useTranslation('connection')
  const state = (health: State) => t(`state.${health.state}`)
  // A state that says it all needs no reason that says it again.
  const why = ({ state, reason }: State) =>
    reason === null || reason === 'disconnected' || state === 'loading'
      ? null
      : t(`reason.${reason}`)
  return {
    state,
    why,
    whole: (health: State) => {
      const reason = why(health)
      return reason === null ? state(health) : t('because', { state: state(health), reason })
    },
    nextTry: (health: Pick<Health, 'nextTryAt'>, now: number): string | null => {
      const seconds = secondsToTry(health, now)
      if (seconds === null) return null
      return seconds > 0 ? t('nextTry', { seconds }) : t('trying')
    },
  }
}
