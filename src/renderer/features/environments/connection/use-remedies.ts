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
  const edits = saved ? [edit] : []
  const remedies: Partial<Record<ConnectionState, Remedy[]>> = {
    offline: [again(t('connect'))],
    reconnecting: [again(t('tryNow')), test],
    // What a keychain or an agent does not hand out is not mended in the profile. Anything else may have
    // been mended where it is, too.
    refused:
      health.reason === 'keychain' || health.reason === 'ssh-agent'
        ? [again(t('tryNow')), ...edits, test]
        : [...edits, again(t('tryNow')), test],
  }
  return remedies[health.state] ?? []
}
