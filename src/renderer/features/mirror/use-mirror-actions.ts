import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../lib/client/index.ts'
import { toastSuccess } from '../../lib/toast.tsx'
import { useErrorToast } from '../../ui/use-error-toast.tsx'

/** Stops reading for a mirror, and goes on; how it stands then is told by its status. */
export function useMirrorActions(environment: string) {
  const { t } = useTranslation('mirror')
  const cache = useQueryClient()
  const onError = useErrorToast()
  const done = (title: string) => () => {
    toastSuccess({ title })
    void cache.invalidateQueries({ queryKey: orpc.mirror.status.key() })
  }
  const pause = useMutation(
    orpc.mirror.pause.mutationOptions({ onError, onSuccess: done(t('paused')) }),
  )
  const resume = useMutation(
    orpc.mirror.resume.mutationOptions({ onError, onSuccess: done(t('resumed')) }),
  )
  return {
    pause: () => pause.mutate({ environment }),
    resume: () => resume.mutate({ environment }),
    busy: pause.isPending || resume.isPending,
  }
}
