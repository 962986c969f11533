import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../lib/client/index.ts'
import { useEnvironment } from '../../lib/environments.ts'
import { useMirror } from '../../lib/mirror.ts'
import { toastSuccess } from '../../lib/toast.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'

interface RebuildDialogProps {
  environment: string
  /** The only queue that is read anew; null for the whole mirror. */
  queue: string | null
  onClose: () => void
}

/** Asks before a mirror is read anew: what is lost, and what is not touched. */
export function RebuildDialog({ environment, queue, onClose }: RebuildDialogProps) {
  const { t } = useTranslation('mirror')
  const cache = useQueryClient()
  const name = useEnvironment(environment)?.name ?? environment
  const gone = useMirror(environment).data?.gone ?? 0
  const rebuild = useMutation(
    orpc.mirror.rebuild.mutationOptions({
      onSuccess: () => {
        toastSuccess({ title: t('rebuilding') })
        onClose()
        void cache.invalidateQueries({ queryKey: orpc.mirror.key() })
      },
    }),
  )
  return (
    <ConfirmDialog
      title={
        queue === null
          ? t('rebuildTitle', { environment: name })
          : t('rebuildQueueTitle', { queue })
      }
      confirmLabel={queue === null ? t('rebuildConfirm') : t('rebuildQueueConfirm')}
      tone={queue === null ? 'danger' : 'normal'}
      undoable={false}
      pending={rebuild.isPending}
      error={rebuild.error}
      onConfirm={() => rebuild.mutate({ environment, ...(queue === null ? {} : { queue }) })}
      onClose={onClose}
    >
      {queue === null ? (
        <>
          <p>{t('rebuildText')}</p>
          <p>{t('rebuildLoses', { count: gone })}</p>
        </>
      ) : (
        <p>{t('rebuildQueueText')}</p>
      )}
      <p>{t('rebuildKeeps')}</p>
    </ConfirmDialog>
  )
}
