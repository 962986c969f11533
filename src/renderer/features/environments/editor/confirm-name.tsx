import { useTranslation } from 'react-i18next'
import { useEnvironment } from '../../../lib/environments.ts'
import { NameDialog } from '../name-dialog.tsx'

interface ConfirmNameProps {
  /** Whose name must be typed. */
  environment: string
  /** Whether it is the one that is edited; else another, which is locked and has the same queues. */
  ofItself: boolean
  pending: boolean
  onConfirm: (name: string) => void
  onClose: () => void
}

/** Asks for a name before an environment is protected less, or another's lock is led around. */
export function ConfirmName(props: ConfirmNameProps) {
  const { environment, ofItself, pending, onConfirm, onClose } = props
  const { t } = useTranslation('environmentEditor')
  const name = useEnvironment(environment)?.name ?? environment
  return (
    <NameDialog
      title={t(ofItself ? 'confirmTitle' : 'detourTitle', { name })}
      name={name}
      label={t(ofItself ? 'confirmName' : 'detourName', { name })}
      confirmLabel={t('confirm')}
      pending={pending}
      error={null}
      onConfirm={() => onConfirm(name)}
      onClose={onClose}
    >
      {ofItself ? (
        <p>{t('confirmText', { name })}</p>
      ) : (
        <>
          <p>{t('detourText', { name })}</p>
          <p>{t('detourStays')}</p>
        </>
      )}
    </NameDialog>
  )
}
