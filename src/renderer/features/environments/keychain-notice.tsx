import { Checkbox } from '@mantine/core'
import { IconKeyOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SecretKeeping } from '#shared/contract/profiles.ts'
import { orpc } from '../../lib/client/index.ts'
import classes from './form-notice.module.css'

interface KeychainNoticeProps {
  /** Whether there is a secret to keep. */
  needed: boolean
  /** The console has just tried and could not. */
  failed: boolean
  keep: SecretKeeping
  /** Where secrets are already; from memory they can go to the keychain. */
  keptIn?: SecretKeeping | null
  onKeep: (keep: SecretKeeping) => void
}

const toKeychain = ['keychain', 'memory'] as const
const toMemory = ['memory', 'keychain'] as const

/** Where there is no keychain: says so, and offers to keep secrets in memory; and back, once there is one. */
export function KeychainNotice({
  needed,
  failed,
  keep,
  keptIn = null,
  onKeep,
}: KeychainNoticeProps) {
  const { t } = useTranslation('environmentEditor')
  const { data } = useQuery(
    orpc.environments.keychain.queryOptions({ staleTime: 5_000, retry: false }),
  )
  const away = data?.available === false || failed
  const canMove = keptIn === 'memory' && !away && data !== undefined
  if (!(needed && (away || keep === 'memory')) && !failed && !canMove) return null
  const [offered, other] = canMove ? toKeychain : toMemory
  return (
    <div className={classes.root} data-tone="warning" role="status">
      <IconKeyOff size={16} stroke={1.6} aria-hidden />
      <div className={classes.text}>
        {away ? <strong>{t('keychainAway')} </strong> : null}
        {t(canMove ? 'keptInMemory' : 'keychainAwayText')}
        {data === undefined || data.problem === null ? null : (
          <p className={classes.detail}>{data.problem}</p>
        )}
        {failed && keep === 'keychain' ? (
          <p role="alert" className={classes.ask}>
            {t('keepInMemoryFirst')}
          </p>
        ) : null}
      </div>
      <Checkbox
        className={classes.choice}
        label={t(canMove ? 'keepInKeychain' : 'keepInMemory')}
        checked={keep === offered}
        onChange={(event) => onKeep(event.currentTarget.checked ? offered : other)}
      />
    </div>
  )
}
