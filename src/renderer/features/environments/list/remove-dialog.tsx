import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../../lib/client/index.ts'
import { useEnvironment } from '../../../lib/environments.ts'
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
  const known = useEnvironment(environment)
  const name = known?.name ?? ''
  const { mutate, isPending, error } = useMutation(
    orpc.environments.remove.mutationOptions({
      onSuccess: () => {
        toastSuccess({ title: t('removed', { name }) })
        onClose()
      },
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
      error={error}
      onConfirm={() => mutate({ environment, confirmation: name })}
      onClose={onClose}
    >
      <p>{t('removeText', { address: known.address })}</p>
      <p>{t('removeStays')}</p>
    </NameDialog>
  )
}
