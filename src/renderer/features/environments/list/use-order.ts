import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../../lib/client/index.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import { announce } from '../../../ui/announce.ts'
import { useErrorToast } from '../../../ui/use-error-toast.tsx'
import { moved, movedBefore } from './order.ts'

/** Puts the saved environments in another order; the list follows by its stream. */
export function useOrder() {
  const { t } = useTranslation('environmentList')
  const toastError = useErrorToast()
  const { data = [] } = useEnvironments()
  const { mutate } = useMutation(orpc.environments.order.mutationOptions({ onError: toastError }))
  const saved = data.filter((environment) => environment.saved)

  const order = (id: string, next: string[] | null) => {
    const name = saved.find((environment) => environment.id === id)?.name
    if (next === null || name === undefined) return
    const place = next.indexOf(id) + 1
    mutate(
      { environments: next },
      { onSuccess: () => announce(t('moved', { name, place, count: next.length })) },
    )
  }
  return {
    canMove: (id: string, by: -1 | 1) => moved(saved, id, by) !== null,
    /** One place up or down within its folder. */
    move: (id: string, by: -1 | 1) => order(id, moved(saved, id, by)),
    /** To the place of another, or with null to the end: for dragging. */
    moveBefore: (id: string, other: string | null) => order(id, movedBefore(saved, id, other)),
  }
}
