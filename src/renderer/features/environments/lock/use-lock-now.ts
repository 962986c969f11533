import { useMutation } from '@tanstack/react-query'
import { orpc } from '../../../lib/client/index.ts'
import { useErrorToast } from '../../../ui/use-error-toast.tsx'

/** Environments this window just locked: that they are locked again is then no news. */
const lockedHere = new Map<string, number>()
const recent = 5_000

export function wasLockedHere(environment: string): boolean {
  return Date.now() - (lockedHere.get(environment) ?? 0) < recent
}

/** Locks an environment again at once. */
export function useLockNow() {
  const tell = useErrorToast()
  const { mutate, isPending } = useMutation(
    orpc.environments.lock.mutationOptions({
      onMutate: ({ environment }) => void lockedHere.set(environment, Date.now()),
      onError: tell,
    }),
  )
  return { lockNow: (environment: string) => mutate({ environment }), locking: isPending }
}
