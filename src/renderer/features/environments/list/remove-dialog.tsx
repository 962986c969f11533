import { Anchor, Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../../lib/client/index.ts'
import { useEnvironment } from '../../../lib/environments.ts'
import { hasCode } from '../../../lib/errors/has-code.ts'
import { toastSuccess } from '../../../lib/toast.tsx'
import { NameDialog } from '../name-dialog.tsx'

/** Asks before an environment is forgotten. */
export function RemoveDialog({
  environment,
  onClose,
}: {
  environment: string
  onClose: () => void
}) {
  const { t } = useTranslation('environmentList')
  const navigate = useNavigate()
  const known = useEnvironment(environment)
  const name = known?.name ?? ''
  const [leaveSecrets, setLeaveSecrets] = useState(false)
  const [keychainAway, setKeychainAway] = useState(false)
  const openAudit = () => void navigate({ to: '/e/$environment/audit', params: { environment } })
  const { mutate, isPending, error } = useMutation(
    orpc.environments.remove.mutationOptions({
      onSuccess: () => {
        toastSuccess({
          title: t('removed', { name }),
          message: (
            <Anchor component="button" type="button" size="sm" onClick={openAudit}>
              {t('removedAudit')}
            </Anchor>
          ),
        })
        onClose()
      },
      onError: (failure) => setKeychainAway(hasCode(failure, 'KEYCHAIN_UNAVAILABLE')),
    }),
  )
  if (known === undefined) return null
  return (
    <NameDialog
      title={t('removeTitle', { name })}
      name={name}
      label={t('removeName', { name })}
      confirmLabel={t('removeButton')}
      pending={isPending}
      error={keychainAway ? null : error}
      onConfirm={() => mutate({ environment, confirmation: name, leaveSecrets })}
      onClose={onClose}
    >
      <p>{t('removeText', { address: known.address })}</p>
      <p>{t('removeStays')}</p>
      {keychainAway ? (
        <>
          <p role="alert">
            <strong>{t('keychainAway', { name })}</strong> {t('keychainAwayNext')}
          </p>
          <Checkbox
            label={t('leaveSecrets', { name })}
            checked={leaveSecrets}
            onChange={(event) => setLeaveSecrets(event.currentTarget.checked)}
          />
        </>
      ) : null}
    </NameDialog>
  )
}
