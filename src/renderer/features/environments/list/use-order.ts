import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/client/index.ts'
import { useEnvironments } from '../../../lib/environments.ts'
import { announce } from '../../../ui/announce.ts'
import { useErrorToast } from '../../../ui/use-error-toast.tsx'
import { moved } from './order.ts'

interface Move {
  /** Of the environment that moves, for those who only hear it. */
  name: string
  place: number
  /** Ids in their new order. */
  next: string[]
}

/** Puts the saved environments in another order; the list follows by its stream. */
export function useOrder() {
  const { t } = useTranslation('environmentList')
  const toastError = useErrorToast()
  const { data = [] } = useEnvironments()
  const saved = data.filter((environment) => environment.saved)
  const { mutate } = useMutation({
    mutationFn: ({ next }: Move) => client.environments.order({ environments: next }),
    // Of the mutation, not of the call: the menu that asked for it has closed by then.
    onSuccess: (_done, { name, place, next }) =>
      announce(t('moved', { name, place, count: next.length })),
    onError: toastError,
  })

  const order = (id: string, next: string[] | null) => {
    const name = saved.find((environment) => environment.id === id)?.name
    if (next === null || name === undefined) return
    mutate({ name, place: next.indexOf(id) + 1, next })
  }
  return {
    canMove: (id: string, by: -1 | 1) => moved(saved, id, by) !== null,
    /** One place up or down within its folder. */
    move: (id: string, by: -1 | 1) => order(id, moved(saved, id, by)),
  }
}
