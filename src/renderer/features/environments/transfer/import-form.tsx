import { Button, Checkbox, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SecretKeeping } from '#shared/contract/profiles.ts'
import { isSameName } from '#shared/domain/environment-name.ts'
import { addressOf } from '#shared/domain/redis-url.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import { hasCode } from '../../../lib/errors/has-code.ts'
import { toastSuccess } from '../../../lib/toast.tsx'
import { KeychainNotice } from '../keychain-notice.tsx'
import { KindMark } from '../kind-mark.tsx'
import type { TransferContents } from './contents.ts'
import { TransferFailure, transferProblem } from './transfer-failure.tsx'
import classes from './transfer.module.css'

interface ImportFormProps {
  /** Of the file. */
  name: string
  document: string
  contents: TransferContents
  onAnother: () => void
  onClose: () => void
}

/** What a file holds, and adding it: with the passphrase for its secrets, or without them. */
export function ImportForm({ name, document, contents, onAnother, onClose }: ImportFormProps) {
  const { t } = useTranslation(['environmentTransfer', 'ui'])
  const { profiles, sealed } = contents
  const [passphrase, setPassphrase] = useState('')
  const [leaveOut, setLeaveOut] = useState(false)
  const [keep, setKeep] = useState<SecretKeeping>('keychain')
  const [missing, setMissing] = useState(false)
  const present = useEnvironments().data ?? []
  const isTaken = (wanted: string) => present.some((each) => isSameName(each.name, wanted))
  const lacksLock = profiles.some(({ locked, access }) => !locked && access !== 'view-only')
  const { mutate, isPending, error, reset } = useMutation(
    orpc.environments.import.mutationOptions({
      onSuccess: ({ environments, secrets }) => {
        toastSuccess({
          title: t('imported', { count: environments.length }),
          message: `${
            secrets === 0 ? t('importedNoSecrets') : t('importedSecrets', { count: secrets })
          } ${t('unconnected')}`,
        })
        onClose()
      },
    }),
  )
  const problem = transferProblem(error)
  const ofPassphrase = problem === 'passphrase-wrong' || problem === 'passphrase-needed'
  const withSecrets = sealed && !leaveOut
  const noKeychain = hasCode(error, 'KEYCHAIN_UNAVAILABLE')

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const lacking = withSecrets && passphrase === ''
        setMissing(lacking)
        if (lacking) return
        mutate({
          document,
          ...(withSecrets ? { passphrase } : {}),
          withoutSecrets: !withSecrets,
          keepSecrets: keep,
        })
      }}
    >
      <div className={classes.found}>
        <p>
          {profiles.length === 0 ? t('empty') : t('contains', { name, count: profiles.length })}{' '}
          {profiles.length === 0 ? null : (
            <span className={classes.taken}>{sealed ? t('sealed') : t('unsealed')}</span>
          )}
        </p>
        <Button variant="subtle" size="compact-sm" className={classes.other} onClick={onAnother}>
          {t('other')}
        </Button>
      </div>
      <ul className={classes.contents}>
        {profiles.map((profile, index) => (
          <li key={`${String(index)} ${profile.name}`} className={classes.item}>
            <div className={classes.line}>
              <span className={classes.name}>{profile.name}</span>
              <KindMark environment={profile} />
              {isTaken(profile.name) ? <span className={classes.taken}>{t('taken')}</span> : null}
            </div>
            <div className={`mono ${classes.address}`} title={addressOf(profile)}>
              {addressOf(profile)}
            </div>
          </li>
        ))}
      </ul>
      {lacksLock ? <p className={classes.taken}>{t('lockedToo')}</p> : null}
      {sealed ? (
        <>
          {leaveOut ? null : (
            <TextInput
              type="password"
              data-autofocus
              label={t('passphrase')}
              autoComplete="off"
              value={passphrase}
              error={
                missing
                  ? t('problem.passphrase-needed')
                  : ofPassphrase
                    ? t(`problem.${problem}`)
                    : undefined
              }
              onChange={(event) => {
                setPassphrase(event.currentTarget.value)
                setMissing(false)
                if (ofPassphrase) reset()
              }}
            />
          )}
          <Checkbox
            label={t('leaveOut')}
            description={t('leaveOutHint')}
            checked={leaveOut}
            onChange={(event) => setLeaveOut(event.currentTarget.checked)}
          />
          <KeychainNotice needed={withSecrets} failed={noKeychain} keep={keep} onKeep={setKeep} />
        </>
      ) : null}
      {error === null || ofPassphrase || noKeychain ? null : <TransferFailure error={error} />}
      <div className={classes.buttons}>
        <span className={classes.aside}>{t('unconnected')}</span>
        <Button variant="default" onClick={onClose}>
          {t('ui:cancel')}
        </Button>
        <Button type="submit" loading={isPending} disabled={profiles.length === 0}>
          {t('importButton', { count: profiles.length })}
        </Button>
      </div>
    </form>
  )
}
