import { useTranslation } from 'react-i18next'
import type { ConnectionState } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { useEnvironmentDialogs } from '../list/dialogs.ts'
import { useConnect } from './use-connect.ts'

interface Remedy {
  label: string
  run: () => void
}

/** What one can press about a connection that does not stand; the most likely to help first. */
export function useRemedies({ id, saved, health }: Environment): Remedy[] {
  const { t } = useTranslation('connection')
  const { connect } = useConnect()
  const dialogs = useEnvironmentDialogs()
  const again = (label: string) => ({ label, run: () => connect(id) })
  const test = { label: t('test'), run: () => dialogs.test(id) }
  const edit = { label: t('edit'), run: () => dialogs.edit(id) }
  const remedies: Partial<Record<ConnectionState, Remedy[]>> = {
    offline: [again(t('connect'))],
    reconnecting: [again(t('tryNow')), test],
    // The profile is right: only this machine does not hand out what it keeps for it.
    refused:
      health.reason === 'keychain' ? [again(t('tryNow')), test] : [...(saved ? [edit] : []), test],
  }
  return remedies[health.state] ?? []
}
